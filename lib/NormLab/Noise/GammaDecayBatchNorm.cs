using NormCore;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace NormLab.Noise;

/// <summary>
/// Batch norm of the whole batch, plus the penalty that the noise of statistics of V samples amounts to on average, without the noise:
/// γ²/(2V) · E[ℓ″ (1 + x̂²/2)] for each channel, with ℓ″ the second derivative of a sample's loss by y = γ x̂ + β.
/// </summary>
/// <remarks>
/// Luo, Wang, Shao and Peng 2019, arXiv:1809.00846v4, "gamma decay", for Gaussian x̂. E[ℓ″] is replaced by E[g²] with g = ∂ℓ/∂y, as for a
/// log-likelihood whose model is right (Fisher's identity), and not differentiated. The loss must be a mean over the batch.
/// </remarks>
public sealed class GammaDecayBatchNorm : nn.Module<Tensor, Tensor>
{
    private readonly BatchNorm norm;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly int noiseSize;

    /// <summary>A layer with γ = 1 and β = 0.</summary>
    /// <param name="channels">C.</param>
    /// <param name="noiseSize">V, whose noise the penalty stands for.</param>
    public GammaDecayBatchNorm(int channels, int noiseSize)
        : base(nameof(GammaDecayBatchNorm))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(noiseSize, 2);
        this.noiseSize = noiseSize;
        norm = new BatchNorm(channels, affine: false);
        (weight, bias) = (new Parameter(ones(channels)), new Parameter(zeros(channels)));
        RegisterComponents();
    }

    /// <summary>Batch norm; in training its backward adds the penalty's gradient to that of γ.</summary>
    /// <param name="x">(N, C).</param>
    public override Tensor forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        var xhat = norm.call(x);
        var scaled = training ? Decaying.apply(xhat, weight, noiseSize) : xhat * weight;
        return (scaled + bias).MoveToOuterDisposeScope();
    }

    private sealed class Decaying : autograd.SingleTensorFunction<Decaying>
    {
        public override string Name => nameof(Decaying);

        public override Tensor forward(autograd.AutogradContext context, params object[] variables)
        {
            var (xhat, gamma) = ((Tensor)variables[0], (Tensor)variables[1]);
            context.save_for_backward([xhat, gamma]);
            context.save_data("V", variables[2]);
            return xhat * gamma;
        }

        public override List<Tensor> backward(autograd.AutogradContext context, Tensor gradient)
        {
            var saved = context.get_saved_variables();
            var (xhat, gamma) = (saved[0], saved[1]);
            var samples = xhat.shape[0];

            // The gradient is that of a mean over N, so a sample's own is N times as large.
            var curvature = ((gradient * samples).square() * (1 + xhat.square() / 2)).mean([0]);
            var decay = gamma * curvature / (int)context.get_data("V");
            return [gradient * gamma, (gradient * xhat).sum([0]) + decay, null!];
        }
    }
}
