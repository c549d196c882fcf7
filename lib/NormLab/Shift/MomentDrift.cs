namespace NormLab.Shift;

/// <summary>
/// How far the two moments of a layer's channels moved, in standard deviations: the mean over the channels of |μ′ − μ|/σ and of |σ′/σ − 1|.
/// </summary>
/// <remarks>A channel that was constant, σ = 0, has no unit to measure in and is left out; without any other channel the result is NaN.</remarks>
/// <param name="Mean">That of the means.</param>
/// <param name="Deviation">That of the standard deviations.</param>
public sealed record MomentDrift(double Mean, double Deviation)
{
    /// <summary>From one time to another.</summary>
    /// <param name="before">μ and σ.</param>
    /// <param name="after">μ′ and σ′, of the same layer on the same examples.</param>
    public static MomentDrift Of(LayerMoments before, LayerMoments after) => new(
        Channels.Average(before, after, channel => Math.Abs(channel.MeanAfter - channel.Mean) / channel.Deviation),
        Channels.Average(before, after, channel => Math.Abs(channel.DeviationAfter / channel.Deviation - 1)));
}
