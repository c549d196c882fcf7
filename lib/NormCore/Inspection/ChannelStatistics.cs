using static TorchSharp.torch;

namespace NormCore;

/// <summary>Running mean and spread of each channel as plain numbers.</summary>
internal sealed record ChannelStatistics(double[] Mean, double[] Spread)
{
    public static ChannelStatistics Of(TrackingLayer layer) => new(Numbers(layer.Mean), Numbers(layer.Spread));

    /// <summary>What was taken in with weight w to get here: b of r' = (1 − w) r + w b.</summary>
    public ChannelStatistics TakenIn(ChannelStatistics before, double weight) =>
        new(TakenIn(Mean, before.Mean, weight), TakenIn(Spread, before.Spread, weight));

    private static double[] TakenIn(double[] after, double[] before, double weight) =>
        [.. after.Zip(before, (now, old) => (now - ((1 - weight) * old)) / weight)];

    private static double[] Numbers(Tensor perChannel)
    {
        using var scope = NewDisposeScope();
        return perChannel.to(ScalarType.Float64).cpu().data<double>().ToArray();
    }
}
