namespace NormLab.Shift;

/// <summary>
/// How far a layer's channels moved if each is taken for a Gaussian: W₂ = √((μ′ − μ)² + (σ′ − σ)²), the root mean square distance
/// that its values have to travel.
/// </summary>
/// <remarks>
/// Of one-dimensional Gaussians (Dowson and Landau 1982). In the activation's own unit it grows with the scale of the activations, which a
/// next layer can undo; in standard deviations it does not. Channels with σ = 0 are left out.
/// </remarks>
/// <param name="Distance">The mean over the channels, in the unit of the activation.</param>
/// <param name="Relative">The mean over the channels of W₂/σ.</param>
public sealed record WassersteinDrift(double Distance, double Relative)
{
    /// <summary>From one time to another.</summary>
    /// <param name="before">μ and σ.</param>
    /// <param name="after">μ′ and σ′, of the same layer on the same examples.</param>
    public static WassersteinDrift Of(LayerMoments before, LayerMoments after) => new(
        Channels.Average(before, after, Between), Channels.Average(before, after, channel => Between(channel) / channel.Deviation));

    private static double Between(Channel channel) => double.Hypot(channel.MeanAfter - channel.Mean, channel.DeviationAfter - channel.Deviation);
}
