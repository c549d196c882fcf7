using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>Normalization fused into a pass or two over memory, on contiguous x, y, dy and dx of one type.</summary>
/// <remarks>
/// Statistics are doubles, [Outer][Groups]. The caller has checked everything and keeps the memory alive; nothing here throws.
/// The split into tasks depends on the geometry alone and partial results are combined in its order, so results do not depend on the number of threads.
/// Elements without a variance (Count = 0) give NaN statistics; an infinite or NaN element stays within its set.
/// </remarks>
internal abstract unsafe class FusedNorm
{
    /// <summary>The kernels for x of a type: float32, float64, bfloat16 or float16; the half types compute in float32.</summary>
    public static FusedNorm For(ScalarType type) => new ScalarNorm(type);

    /// <summary>μ = 1/m Σ x and σ² = 1/m Σ (x − μ)².</summary>
    public abstract void Statistics(in Geometry geometry, void* x, double* mean, double* variance);

    /// <summary>Statistics, then y = γ (x − μ)/√(σ² + ε) + β; not centered: μ = 0, σ² = 1/m Σ x².</summary>
    public abstract void Forward(in Geometry geometry, void* x, void* y, Affine affine, double eps, bool centered, double* mean, double* variance);

    /// <summary>y = γ (x − μ)/√(σ² + ε) + β with statistics from elsewhere.</summary>
    public abstract void Apply(in Geometry geometry, void* x, void* y, Affine affine, double eps, double* mean, double* variance);

    /// <summary>The backward pass of Forward: with r = 1/√(σ² + ε), x̂ = (x − μ) r and g = γ dy, dx = r (g − [centered] 1/m Σ g − x̂ 1/m Σ g x̂), dγ = Σ dy x̂, dβ = Σ dy.</summary>
    /// <remarks>dx, dγ and dβ may be null, each where it is not wanted; β of <paramref name="affine"/> is not read.</remarks>
    public abstract void Backward(in Geometry geometry, void* dy, void* x, void* dx, Affine affine, Affine gradient, double eps, bool centered, double* mean, double* variance);

    /// <summary>The backward pass of Apply, whose statistics are constants: dx = r γ dy, dγ = Σ dy x̂, dβ = Σ dy.</summary>
    public abstract void BackwardApply(in Geometry geometry, void* dy, void* x, void* dx, Affine affine, Affine gradient, double eps, double* mean, double* variance);
}
