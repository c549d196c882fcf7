using static TorchSharp.torch;

namespace NormLab.Propagation;

/// <summary>How many directions a batch of representations really uses.</summary>
public static class EffectiveRank
{
    /// <summary>exp(−Σ pᵢ ln pᵢ) with pᵢ = sᵢ/Σ sⱼ and s the singular values: k for k orthogonal vectors of equal length, 1 for multiples of one vector.</summary>
    /// <remarks>Roy and Vetterli 2007, The effective rank, EUSIPCO, definition 1. The representations are not centred.</remarks>
    /// <param name="h">(N, *), one representation per sample.</param>
    /// <returns>Between 1 and min(N, features); NaN where all entries are 0.</returns>
    public static double Of(Tensor h)
    {
        ArgumentNullException.ThrowIfNull(h);
        if (h.dim() < 2)
            throw new ArgumentException($"Representations of shape (N, *) are needed, one per sample; the tensor has {h.dim()} axes.", nameof(h));
        using var scope = NewDisposeScope();
        var s = linalg.svdvals(h.detach().to(ScalarType.Float64).flatten(1)); // (min(N, features))
        return Math.Exp(-(s / s.sum()).Numbers().Sum(p => p == 0 ? 0 : p * Math.Log(p)));
    }
}
