using NormCore;
using static TorchSharp.torch;

namespace NormLab.Mechanisms;

/// <summary>The other half of batch norm: y = γ x/√(mean of x² + ε) + β, with the mean square of the channel over the batch, in both modes.</summary>
/// <remarks>It fixes the size of a channel and leaves its centre where it is; it makes the weights before it scale-invariant, as batch norm does.</remarks>
public sealed class ScaleOnlyBatchNorm : nn.Module<Tensor, Tensor>
{
    private readonly double eps;
    private readonly TorchSharp.Modules.Parameter gamma, beta;

    /// <param name="channels">C.</param>
    /// <param name="eps">ε.</param>
    public ScaleOnlyBatchNorm(int channels, double eps = 1e-5) : base(nameof(ScaleOnlyBatchNorm))
    {
        this.eps = eps;
        gamma = nn.Parameter(ones(channels));
        beta = nn.Parameter(zeros(channels));
        gamma.DetachFromDisposeScope();
        beta.DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>Divides by the batch's root mean square of each channel.</summary>
    /// <param name="x">(N, C, *).</param>
    public override Tensor forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        var axes = ChannelAxes.AllBut(x);
        var xhat = x * (x.square().mean(axes, keepdim: true) + eps).rsqrt();
        return Normalization.Affine(xhat, gamma, beta, 1).MoveToOuterDisposeScope();
    }
}
