using NormCore;
using static TorchSharp.torch;

namespace NormLab.Mechanisms;

/// <summary>One half of batch norm: y = x − μ + β, with μ the mean of the channel over the batch, in both modes.</summary>
/// <remarks>Salimans and Kingma 2016, arXiv:1602.07868v3, section 4, without their running mean, so that evaluation needs large batches.</remarks>
public sealed class MeanOnlyBatchNorm : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Parameter beta;

    /// <param name="channels">C.</param>
    public MeanOnlyBatchNorm(int channels) : base(nameof(MeanOnlyBatchNorm))
    {
        beta = nn.Parameter(zeros(channels));
        beta.DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>Subtracts the batch's mean of each channel.</summary>
    /// <param name="x">(N, C, *).</param>
    public override Tensor forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        var axes = ChannelAxes.AllBut(x);
        return Normalization.Affine(x - x.mean(axes, keepdim: true), null, beta, 1).MoveToOuterDisposeScope();
    }
}
