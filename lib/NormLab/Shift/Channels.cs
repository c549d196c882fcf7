namespace NormLab.Shift;

/// <summary>The moments of one channel at two times.</summary>
internal readonly record struct Channel(double Mean, double Deviation, double MeanAfter, double DeviationAfter);

/// <summary>Pairs the channels of a layer at two times.</summary>
internal static class Channels
{
    /// <summary>The mean of a statistic over the channels that were not constant; NaN where all were.</summary>
    public static double Average(LayerMoments before, LayerMoments after, Func<Channel, double> statistic)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.Mean.Length != after.Mean.Length)
            throw new ArgumentException($"'{before.Layer}' has {before.Mean.Length} channels before and '{after.Layer}' {after.Mean.Length} after; drift is that of one layer.", nameof(after));

        return Enumerable.Range(0, before.Mean.Length)
            .Select(c => new Channel(before.Mean[c], before.Deviation[c], after.Mean[c], after.Deviation[c]))
            .Where(channel => channel.Deviation > 0)
            .Select(statistic)
            .DefaultIfEmpty(double.NaN)
            .Average();
    }
}
