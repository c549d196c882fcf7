using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Vectors brought to length 1.</summary>
public static class VectorNormalization
{
    /// <summary>y = x / max(‖x‖ₚ, ε) along one axis, ‖x‖ₚ = (Σ |xᵢ|ᵖ)^(1/p) and ‖x‖_∞ = max |xᵢ|; PyTorch's F.normalize.</summary>
    /// <remarks>A sum where <see cref="Normalization.NormalizeRms"/> takes a mean: for p = 2 the two differ by the factor √m. A vector of zeros stays a vector of zeros.</remarks>
    /// <param name="x">(*), floating point; half types are computed in float32.</param>
    /// <param name="p">The order of the norm, 1 ≤ p ≤ ∞.</param>
    /// <param name="axis">The axis along which the vectors lie; a negative one counts from the end.</param>
    /// <param name="eps">ε ≥ 0, the smallest length divided by, in units of x.</param>
    /// <returns>The shape and type of x.</returns>
    /// <exception cref="ArgumentException">An axis that x does not have, an integer type, p below 1 or a negative ε.</exception>
    public static Tensor Normalize(Tensor x, double p = 2, long axis = 1, double eps = 1e-12)
    {
        TensorCheck.IsFloating(x, nameof(x));
        HyperparameterCheck.Eps(eps);
        if (!(p >= 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "p is the order of a norm and must be at least 1, or infinite; below 1 the triangle inequality fails.");
        var axes = Axes.Of(x, [axis]);
        using var scope = NewDisposeScope();
        if (x.numel() == 0) return x.alias().MoveToOuterDisposeScope(); // torch has no maximum of nothing.
        var wide = Precision.Widen(x);
        var scale = Scale.Of(wide, axes);
        var length = scale * linalg.vector_norm(wide / scale, p, axes, keepdim: true);
        var divisor = length.clamp_min(eps);
        return (wide / divisor.masked_fill(divisor == 0, 1)).to(x.dtype).MoveToOuterDisposeScope();
    }
}
