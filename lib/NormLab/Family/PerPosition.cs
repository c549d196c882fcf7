using NormCore;
using static TorchSharp.torch;

namespace NormLab.Family;

/// <summary>A layer over the last axis, applied to the channels of every position: (N, C, *) seen as (N, *, C), and back.</summary>
/// <remarks>
/// What ConvNeXt calls layer norm (Liu et al. 2022, arXiv:2201.03545v2): <c>new PerPosition(new LayerNorm(channels))</c>. Group norm of one
/// group, which is called layer norm as well, shares statistics between positions.
/// </remarks>
public sealed class PerPosition : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> norm;

    /// <param name="norm">Normalizes (*, C), such as <see cref="LayerNorm"/> or <see cref="RmsNorm"/>.</param>
    public PerPosition(nn.Module<Tensor, Tensor> norm) : base(nameof(PerPosition))
    {
        ArgumentNullException.ThrowIfNull(norm);
        this.norm = norm;
        RegisterComponents();
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">(N, C, *).</param>
    public override Tensor forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.dim() < 2)
            throw new ArgumentException($"x has {x.dim()} axes; (N, C, *) has at least two, with the channels on axis 1.", nameof(x));
        using var scope = NewDisposeScope();
        // Copies: a layer over the last axis is fast where that axis is the innermost one in memory.
        return norm.call(x.movedim([1L], [-1L]).contiguous()).movedim([-1L], [1L]).contiguous().MoveToOuterDisposeScope();
    }
}
