using NormCore.Kernels;

namespace NormCore.Tests.Cuda.Numerics;

/// <summary>One normalization to be tried.</summary>
internal sealed record CudaCase(Geometry Geometry, CudaElement Element = CudaElement.Float32)
{
    /// <summary>That of γ and β.</summary>
    public CudaElement Parameter { get; init; } = Element;

    public bool Centered { get; init; } = true;

    public bool Relu { get; init; }

    public bool Residual { get; init; }

    /// <summary>Whether the statistics come from elsewhere.</summary>
    public bool IsGiven { get; init; }

    public bool Running { get; init; }

    /// <summary>Whether dx gets a gradient from elsewhere added.</summary>
    public bool SumGradient { get; init; }

    /// <summary>Of the numbers in x.</summary>
    public double Mean { get; init; } = 0.5;

    /// <summary>By how many elements tensors miss their alignment.</summary>
    public int Skew { get; init; }

    public float Eps { get; init; } = 1e-5f;

    /// <summary>running ← 0.9 · running + 0.1 · batch.</summary>
    public const float Weight = 0.1f;
}
