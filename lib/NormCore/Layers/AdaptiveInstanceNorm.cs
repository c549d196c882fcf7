using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Adaptive instance normalization: the content takes on the style's mean and deviation, y = σ(s) (x − μ(x))/σ(x) + μ(s) per image and channel.</summary>
/// <remarks>
/// Huang and Belongie 2017, arXiv:1703.06868v2, eq. 8: instance norm whose γ and β are the style's statistics and live on axes N and C.
/// The paper leaves open how σ is estimated; here both are √(σ² + ε) with the biased variance, so that a style equal to the content
/// gives the content back.
/// </remarks>
public sealed class AdaptiveInstanceNorm : nn.Module<Tensor, Tensor, Tensor>
{
    /// <summary>A layer; it has no parameters.</summary>
    /// <param name="eps">ε ≥ 0, in units of x squared. With 0 a constant style has no gradient: the root has none at 0.</param>
    /// <exception cref="ArgumentException">A negative ε, or NaN.</exception>
    public AdaptiveInstanceNorm(double eps = 1e-5)
        : base(LayerParameters.Loaded(nameof(AdaptiveInstanceNorm)))
    {
        HyperparameterCheck.Eps(eps);
        Eps = eps;
    }

    /// <summary>ε.</summary>
    public double Eps { get; }

    /// <summary>Gives the content the mean and deviation of the style; gradients flow to both.</summary>
    /// <param name="content">(N, C, *), floating point, with at least one axis after C.</param>
    /// <param name="style">(N, C, *) with the same N and C; its other axes may differ.</param>
    /// <returns>The shape and type of the content.</returns>
    /// <exception cref="ArgumentException">Other ranks, types or devices, another N or C, or maps of a single value, which has no deviation.</exception>
    public override Tensor forward(Tensor content, Tensor style)
    {
        RequireInput(content, style);
        using var scope = NewDisposeScope();
        var (mean, variance, _) = Moments.Of(style.flatten(2), 2); // (N, C, *) → (N, C, 1)
        var deviation = (variance + Eps).sqrt().squeeze(2);
        var y = Normalization.Apply(content.flatten(2), [2], deviation, mean.squeeze(2), [0, 1], Eps);
        return y.view(content.shape).MoveToOuterDisposeScope();
    }

    private static void RequireInput(Tensor content, Tensor style)
    {
        TensorCheck.IsFloating(content, nameof(content));
        TensorCheck.IsFloating(style, nameof(style));
        TensorCheck.FitsInput(content, (style, nameof(style)));
        var (x, s) = (content.shape, style.shape);
        if (x.Length < 3 || s.Length < 3 || x[0] != s[0] || x[1] != s[1])
            throw new ArgumentException(
                $"AdaptiveInstanceNorm got content of shape {TensorCheck.Text(x)} and style of shape {TensorCheck.Text(s)}; both must be (N, C, *) with the same N and C, since each channel of each image takes its mean and deviation from its counterpart.", nameof(style));
        if (Positions(x) == 1 || Positions(s) < 2)
            throw new ArgumentException(
                $"Expected more than 1 spatial element, got content of shape {TensorCheck.Text(x)} and style of shape {TensorCheck.Text(s)}: one value has no deviation. Give larger maps.", nameof(content));
    }

    private static long Positions(long[] shape) => shape.Skip(2).Aggregate(1L, (product, length) => product * length);
}
