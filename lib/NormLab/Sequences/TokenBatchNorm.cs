using NormCore;
using static TorchSharp.torch;

namespace NormLab.Sequences;

/// <summary>Batch norm of tokens: each feature by its mean and variance over all tokens of the batch, whatever their sequence and position.</summary>
/// <remarks>So Shen et al. 2020, arXiv:2003.07845v2, section 3, use it in place of layer norm. In training a position's output then depends on later ones.</remarks>
public sealed class TokenBatchNorm : nn.Module<Tensor, Tensor>
{
    private readonly BatchNorm norm;

    /// <summary>A layer with γ = 1 and β = 0.</summary>
    /// <param name="width">D.</param>
    public TokenBatchNorm(int width) : base(nameof(TokenBatchNorm))
    {
        norm = new BatchNorm(width);
        RegisterComponents();
    }

    /// <summary>Normalizes x.</summary>
    /// <param name="x">(N, T, D).</param>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return norm.call(x.flatten(0, 1)).view(x.shape).MoveToOuterDisposeScope(); // (NT, D), then (N, T, D)
    }
}
