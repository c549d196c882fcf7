namespace NormCore.Kernels;

/// <summary>What is to be computed, without the tensors: y = γ (x − μ)/√(σ² + ε) + β.</summary>
/// <param name="Input">The shape of x.</param>
/// <param name="Parameters">The shape of γ and β; empty where there are none.</param>
/// <param name="Shape">The shape in which x is seen, whose axes the next two name; γ and β are seen with its feature axes.</param>
/// <param name="Axes">The axes that share statistics.</param>
/// <param name="FeatureAxes">The axes on which γ and β live.</param>
/// <param name="Geometry">The same in the order of memory.</param>
/// <param name="Eps">ε.</param>
/// <param name="IsCentered">Whether μ is subtracted; RMS norm has none.</param>
/// <param name="IsGiven">Whether the statistics come from elsewhere and are constants.</param>
/// <param name="HasRelu">Whether y = max(0, …).</param>
internal sealed record NormCall(
    long[] Input, long[] Parameters, long[] Shape, long[] Axes, long[] FeatureAxes, Geometry Geometry, double Eps, bool IsCentered, bool IsGiven, bool HasRelu = false)
{
    /// <summary>The shape of the statistics: that of x with 1 for the axes that share them.</summary>
    public long[] StatisticsShape() => [.. Shape.Select((length, axis) => Axes.Contains(axis) ? 1 : length)];
}
