namespace NormCore.Kernels;

/// <summary>A forward pass on a device: y = γ (x − μ)/√(σ² + ε) + β. All pointers are the device's; 0 where there is none or it is not wanted.</summary>
/// <remarks>Statistics are float32, one per set, as [Outer][Groups]. Outputs overlap nothing else.</remarks>
internal readonly record struct CudaForward
{
    public Geometry Geometry { get; init; }

    /// <summary>The type of x, y, the residual and the sum.</summary>
    public CudaElement Element { get; init; }

    /// <summary>The type of γ and β.</summary>
    public CudaElement ParameterElement { get; init; }

    public nint X { get; init; }

    /// <summary>Added to x, rounded to the element's type, before anything else.</summary>
    public nint Residual { get; init; }

    /// <summary>Where x + residual is stored; needed where there is a residual.</summary>
    public nint Sum { get; init; }

    public nint Y { get; init; }

    public nint Gamma { get; init; }

    public nint Beta { get; init; }

    /// <summary>μ rounded to float32; not where it is not centered.</summary>
    public nint Mean { get; init; }

    /// <summary>What rounding took away: μ = Mean + Rest. At a mean of 10⁶ it is up to 0.03.</summary>
    public nint Rest { get; init; }

    /// <summary>σ², biased: stored, or read where the statistics are given.</summary>
    public nint Variance { get; init; }

    /// <summary>1/√(σ² + ε), always stored.</summary>
    public nint Rstd { get; init; }

    public float Eps { get; init; }

    /// <summary>Whether μ is subtracted; RMS norm has none.</summary>
    public bool Centered { get; init; }

    /// <summary>Whether Mean, Rest and Variance come from elsewhere.</summary>
    public bool IsGiven { get; init; }

    /// <summary>float32, one per group, in place: running ← Kept · running + Weight · batch, the variance unbiased. Only where Outer is 1.</summary>
    public nint RunningMean { get; init; }

    public nint RunningVariance { get; init; }

    public float Kept { get; init; }

    public float Weight { get; init; }

    /// <summary>Whether y = max(0, …).</summary>
    public bool Relu { get; init; }

    /// <summary>As many bytes as <see cref="CudaNorm.ForwardScratchBytes"/> says, aligned to 16.</summary>
    public nint Scratch { get; init; }
}
