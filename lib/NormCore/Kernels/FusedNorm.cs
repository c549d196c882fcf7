using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>Normalization fused into a pass or two over memory, on contiguous x, y, dy and dx of one type.</summary>
/// <remarks>
/// Statistics are doubles, [Outer][Groups]. The caller has checked everything and keeps the memory alive; y and dx overlap nothing else.
/// The split into tasks depends on the geometry alone and partial results are combined in its order, so results do not depend on the number of threads.
/// Sets without elements get NaN statistics; an infinite or NaN element stays within its set.
/// </remarks>
internal abstract unsafe class FusedNorm
{
    private static readonly FusedNorm OfFloat32 = new FusedNorm<Float32, float>();
    private static readonly FusedNorm OfFloat64 = new FusedNorm<Float64, double>();
    private static readonly FusedNorm OfBFloat16 = new FusedNorm<BFloat16, float>();
    private static readonly FusedNorm OfFloat16 = new FusedNorm<Float16, float>();

    /// <summary>The kernels for x of a floating type; the half types compute in float32.</summary>
    public static FusedNorm For(ScalarType type) => type switch
    {
        ScalarType.Float32 => OfFloat32,
        ScalarType.Float64 => OfFloat64,
        ScalarType.BFloat16 => OfBFloat16,
        ScalarType.Float16 => OfFloat16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There are kernels for float16, bfloat16, float32 and float64."),
    };

    /// <summary>μ = 1/m Σ x and σ² = 1/m Σ (x − μ)²; not centered: μ = 0, σ² = 1/m Σ x².</summary>
    public abstract void Statistics(in Geometry geometry, void* x, bool centered, double* mean, double* variance);

    /// <summary>Statistics, which are kept, then y = γ (x − μ)/√(σ² + ε) + β.</summary>
    public abstract void Forward(in Geometry geometry, void* x, void* y, Affine affine, double eps, bool centered, double* mean, double* variance);

    /// <summary>y = γ (x − μ)/√(σ² + ε) + β with statistics from elsewhere.</summary>
    public abstract void Apply(in Geometry geometry, void* x, void* y, Affine affine, double eps, double* mean, double* variance);

    /// <summary>The backward pass of Forward: with r = 1/√(σ² + ε), x̂ = (x − μ) r and g = γ dy, dx = r (g − [centered] 1/m Σ g − x̂ 1/m Σ g x̂), dγ = Σ dy x̂, dβ = Σ dy.</summary>
    /// <remarks>dx, dγ and dβ may be null, each where it is not wanted; β is not read.</remarks>
    public abstract void Backward(in Geometry geometry, void* dy, void* x, void* dx, Affine affine, Affine gradient, double eps, bool centered, double* mean, double* variance);

    /// <summary>The backward pass of Apply, whose statistics are constants: dx = r γ dy, dγ = Σ dy x̂, dβ = Σ dy.</summary>
    public abstract void BackwardApply(in Geometry geometry, void* dy, void* x, void* dx, Affine affine, Affine gradient, double eps, double* mean, double* variance);
}
