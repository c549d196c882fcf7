namespace NormCore.Kernels;

/// <summary>What is to be computed, without the tensors: y = γ (x − μ)/√(σ² + ε) + β.</summary>
/// <param name="Shape">The shape of x.</param>
/// <param name="Axes">The axes that share statistics.</param>
/// <param name="FeatureAxes">The axes on which γ and β live.</param>
/// <param name="Geometry">The same in the order of memory.</param>
/// <param name="Eps">ε.</param>
/// <param name="IsCentered">Whether μ is subtracted; RMS norm has none.</param>
/// <param name="IsGiven">Whether the statistics come from elsewhere and are constants.</param>
internal sealed record NormCall(long[] Shape, long[] Axes, long[] FeatureAxes, Geometry Geometry, double Eps, bool IsCentered, bool IsGiven)
{
    /// <summary>The shape of the statistics: that of x with 1 for the axes that share them.</summary>
    public long[] StatisticsShape() => [.. Shape.Select((length, axis) => Axes.Contains(axis) ? 1 : length)];
}
