namespace NormLab.Noise;

/// <summary>How far samples are from a distribution: D = sup |F_n − F|, the largest gap between the share of samples below a value and its probability.</summary>
/// <param name="Statistic">D.</param>
/// <param name="Samples">n, independent samples.</param>
public sealed record KolmogorovSmirnov(double Statistic, int Samples)
{
    /// <summary>Compares samples with a continuous distribution.</summary>
    /// <param name="samples">Independent draws.</param>
    /// <param name="cumulative">F.</param>
    public static KolmogorovSmirnov Of(IReadOnlyCollection<double> samples, Func<double, double> cumulative)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(cumulative);
        if (samples.Count == 0)
            throw new ArgumentException("No samples have no distribution: give at least one.", nameof(samples));

        double n = samples.Count;
        var gap = samples.Order().Select((value, below) => (F: cumulative(value), below))
            .Max(at => Math.Max(at.F - at.below / n, (at.below + 1) / n - at.F));
        return new(gap, samples.Count);
    }

    /// <summary>The probability of a D at least as large if the samples are from the distribution: 2 Σ (−1)ᵏ⁻¹ exp(−2k²λ²) with λ = (√n + 0.12 + 0.11/√n) D.</summary>
    /// <remarks>Kolmogorov's limit with Stephens' correction for finite n (Journal of the Royal Statistical Society B 32, 1970).</remarks>
    public double PValue
    {
        get
        {
            var root = Math.Sqrt(Samples);
            var lambda = (root + 0.12 + 0.11 / root) * Statistic;

            // The series alternates without end at 0; below 0.2 the probability is 1 to twelve digits.
            return lambda < 0.2 ? 1 : Math.Clamp(2 * Enumerable.Range(1, 100).Sum(k => (k % 2 == 1 ? 1 : -1) * Math.Exp(-2.0 * k * k * lambda * lambda)), 0, 1);
        }
    }
}
