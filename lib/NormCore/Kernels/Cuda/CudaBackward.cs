namespace NormCore.Kernels;

/// <summary>A backward pass on a device: with g = γ dy, dx = r (g − [MeanMoves] 1/m Σ g − [VarianceMoves] x̂ 1/m Σ g x̂), dγ = Σ dy x̂, dβ = Σ dy.</summary>
/// <remarks>All pointers are the device's; 0 where there is none or it is not wanted.</remarks>
internal readonly record struct CudaBackward
{
    public Geometry Geometry { get; init; }

    /// <summary>The type of dy, x and dx.</summary>
    public CudaElement Element { get; init; }

    /// <summary>The type of γ, β, dγ and dβ.</summary>
    public CudaElement ParameterElement { get; init; }

    public nint Dy { get; init; }

    /// <summary>What was normalized: the sum where there was a residual.</summary>
    public nint X { get; init; }

    public nint Gamma { get; init; }

    /// <summary>Read for the mask of the ReLU only, which is computed again.</summary>
    public nint Beta { get; init; }

    public nint Mean { get; init; }

    public nint Rest { get; init; }

    public nint Rstd { get; init; }

    public nint Dx { get; init; }

    public nint DGamma { get; init; }

    public nint DBeta { get; init; }

    /// <summary>Whether μ depends on x.</summary>
    public bool MeanMoves { get; init; }

    /// <summary>Whether σ² depends on x.</summary>
    public bool VarianceMoves { get; init; }

    /// <summary>Added to dx: the gradient that x + residual gets from elsewhere.</summary>
    public nint SumGradient { get; init; }

    /// <summary>Whether the forward pass ended with max(0, …).</summary>
    public bool Relu { get; init; }

    /// <summary>float32 (Sets): Σ dy over all replicas, in place of the own sums where given; only where a set has one γ.</summary>
    public nint SumDy { get; init; }

    /// <summary>The same for Σ dy x̂.</summary>
    public nint SumDyXhat { get; init; }

    /// <summary>m of all replicas.</summary>
    public long SumCount { get; init; }

    /// <summary>As many bytes as <see cref="CudaNorm.BackwardScratchBytes"/> says, aligned to 16.</summary>
    public nint Scratch { get; init; }
}
