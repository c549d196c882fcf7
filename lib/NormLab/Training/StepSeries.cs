using System.Collections.Immutable;

namespace NormLab.Training;

/// <summary>A quantity that was measured along a training run.</summary>
/// <param name="Steps">The number of the step of each value, ascending; 0 is the first.</param>
/// <param name="Values">The values, one per step.</param>
public sealed record StepSeries(ImmutableArray<double> Steps, ImmutableArray<double> Values);
