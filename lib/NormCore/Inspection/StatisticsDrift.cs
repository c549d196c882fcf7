namespace NormCore;

/// <summary>How far a layer's running statistics are from those it would track of given batches; the worst channel counts.</summary>
/// <param name="MeanShift">max |μ_r − μ|/√(σ² + ε) over the channels: 0 is perfect, 1 moves every input by a standard deviation.</param>
/// <param name="LeastRatio">The least √((σ_r² + ε)/(σ² + ε)): below 1 evaluation amplifies.</param>
/// <param name="GreatestRatio">The greatest of them: above 1 evaluation attenuates.</param>
public sealed record StatisticsDrift(double MeanShift, double LeastRatio, double GreatestRatio)
{
    /// <summary>Whether evaluation sees inputs at most half a standard deviation off, and at most twice or half as wide.</summary>
    public bool IsSmall => MeanShift <= 0.5 && LeastRatio >= 0.5 && GreatestRatio <= 2;

    /// <summary>Compares what a layer holds with the average of what it takes in, batch by batch.</summary>
    internal static StatisticsDrift Of(TrackingLayer layer, IReadOnlyList<ChannelStatistics> batches)
    {
        var held = ChannelStatistics.Of(layer);
        var channels = Enumerable.Range(0, held.Mean.Length).Select(c =>
        {
            var mean = batches.Average(batch => batch.Mean[c]);
            var divisor = layer.Divisor(batches.Average(batch => Math.Max(0, batch.Spread[c]))); // Rounding may leave it below 0.
            return (Shift: Math.Abs(held.Mean[c] - mean) / divisor, Ratio: layer.Divisor(held.Spread[c]) / divisor);
        }).ToArray();
        // Unlike Max of numbers, which passes NaN by.
        return new StatisticsDrift(
            channels.Select(c => c.Shift).Aggregate(Math.Max), channels.Select(c => c.Ratio).Aggregate(Math.Min), channels.Select(c => c.Ratio).Aggregate(Math.Max));
    }
}
