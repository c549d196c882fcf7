using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Local response normalization: each value by the squares of its neighbours across channels, y = x/(k + α/n Σ xⱼ²)^β.</summary>
/// <remarks>
/// Krizhevsky, Sutskever and Hinton 2012, "ImageNet classification with deep convolutional neural networks", section 3.3: the sum runs
/// over the n channels around x's own at the same position, and is not centred. As in PyTorch α is divided by n (the paper's α is ours/n),
/// and of an even n the one channel more lies before. It learns nothing and does the same in training and evaluation.
/// </remarks>
public sealed class LocalResponseNorm : nn.Module<Tensor, Tensor>
{
    /// <summary>A layer; it has no parameters. The paper's values are n = 5, α = 5e-4 (1e-4 n), β = 0.75, k = 2.</summary>
    /// <param name="size">n, how many channels are summed over; channels that do not exist count as 0.</param>
    /// <param name="alpha">α ≥ 0, in units of 1/x².</param>
    /// <param name="beta">β, the exponent.</param>
    /// <param name="k">k > 0, added to the sum.</param>
    /// <exception cref="ArgumentException">A hyperparameter out of range, or NaN.</exception>
    public LocalResponseNorm(long size, double alpha = 1e-4, double beta = 0.75, double k = 1)
        : base(LayerParameters.Loaded(nameof(LocalResponseNorm)))
    {
        HyperparameterCheck.AtLeast(1, size, nameof(size), "how many neighbouring channels are taken together");
        HyperparameterCheck.Finite(alpha, nameof(alpha));
        HyperparameterCheck.Finite(beta, nameof(beta));
        HyperparameterCheck.Finite(k, nameof(k));
        if (alpha < 0) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "alpha weighs a sum of squares under a fractional power and must be at least 0.");
        if (k <= 0) throw new ArgumentOutOfRangeException(nameof(k), k, "k must be positive: where a window holds only zeros, k^β is what x is divided by.");
        (Size, Alpha, Beta, K) = (size, alpha, beta, k);
    }

    /// <summary>n.</summary>
    public long Size { get; }

    /// <summary>α.</summary>
    public double Alpha { get; }

    /// <summary>β.</summary>
    public double Beta { get; }

    /// <summary>k.</summary>
    public double K { get; }

    /// <summary>Normalizes x.</summary>
    /// <param name="x">(N, C, *), floating point, with at least one axis after C.</param>
    /// <returns>The shape and type of x.</returns>
    /// <exception cref="ArgumentException">Fewer than three axes, or an integer type.</exception>
    public override Tensor forward(Tensor x)
    {
        TensorCheck.IsFloating(x, nameof(x));
        if (x.dim() < 3)
            throw new ArgumentException(
                $"LocalResponseNorm got an input of shape {TensorCheck.Text(x.shape)}; (N, C, *) with at least one axis after C is needed, channels on axis 1.", nameof(x));
        using var scope = NewDisposeScope();
        if (x.numel() == 0) return x.alias().MoveToOuterDisposeScope(); // A window does not fit into no channels.
        var wide = Precision.Widen(x);
        return (wide / (K + SumOverWindow(wide.square()) * (Alpha / Size)).pow(Beta)).to(x.dtype).MoveToOuterDisposeScope();
    }

    private Tensor SumOverWindow(Tensor squares)
    {
        // Further away than C − 1 there is no channel, however large n is.
        var furthest = squares.shape[1] - 1;
        var (before, after) = (Math.Min(Size / 2, furthest), Math.Min((Size - 1) / 2, furthest));
        var others = new long[2 * (squares.dim() - 2)];
        var padded = nn.functional.pad(squares, [.. others, before, after]); // (N, before + C + after, *)
        return padded.unfold(1, before + 1 + after, 1).sum([-1L]); // (N, C, *, n) → (N, C, *)
    }
}
