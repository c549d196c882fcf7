using static TorchSharp.torch;

namespace NormLab.Traps;

/// <summary>Batch norm with a bug: its output is right, but mean and variance are constants of the gradient. A specimen for <see cref="GradientBalance"/>.</summary>
/// <remarks>Ioffe and Szegedy 2015, arXiv:1502.03167v3, section 2, show what comes of it: a bias before it grows without end, and the loss does not move.</remarks>
public sealed class DetachedBatchNorm : nn.Module<Tensor, Tensor>
{
    private readonly double eps;

    /// <param name="eps">ε.</param>
    public DetachedBatchNorm(double eps = 1e-5) : base(nameof(DetachedBatchNorm)) => this.eps = eps;

    /// <summary>Normalizes by the statistics of the batch, in both modes.</summary>
    /// <param name="x">(N, C, *).</param>
    public override Tensor forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        var axes = ChannelAxes.AllBut(x);
        var mean = x.mean(axes, keepdim: true);
        var variance = (x - mean).square().mean(axes, keepdim: true);
        return ((x - mean.detach()) / (variance.detach() + eps).sqrt()).MoveToOuterDisposeScope();
    }
}
