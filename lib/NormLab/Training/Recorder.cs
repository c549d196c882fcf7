using System.Collections.Immutable;

namespace NormLab.Training;

/// <summary>Collects what observers record.</summary>
internal sealed class Recorder
{
    private readonly SortedDictionary<string, SortedList<double, double>> recorded = new(StringComparer.Ordinal);

    public void Add(string name, int step, double value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!recorded.TryGetValue(name, out var series))
            recorded[name] = series = [];
        if (!series.TryAdd(step, value))
            throw new ArgumentException($"'{name}' was recorded twice at step {step}; a series has one value per step, so give the two quantities two names.", nameof(name));
    }

    public ImmutableSortedDictionary<string, StepSeries> ToSeries() => recorded.ToImmutableSortedDictionary(
        pair => pair.Key, pair => new StepSeries([.. pair.Value.Keys], [.. pair.Value.Values]), StringComparer.Ordinal);
}
