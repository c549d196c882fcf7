using NormLab.Rendering;

namespace NormLab.Claims;

/// <summary>A measured number with its uncertainty.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">The standard deviation of the estimate, in its unit; NaN where it is unknown (one sample).</param>
/// <param name="Samples">The number of independent measurements behind it.</param>
public readonly record struct Estimate(double Value, double StandardError, int Samples)
{
    /// <summary>The mean of independent measurements: x̄ = Σxᵢ/n with standard error s/√n, where s² = Σ(xᵢ − x̄)²/(n − 1).</summary>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public static Estimate Of(IReadOnlyCollection<double> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Count == 0)
            throw new ArgumentException("The mean of no samples does not exist: give at least one.", nameof(samples));

        var mean = samples.Average();
        var variance = samples.Count == 1 ? double.NaN : samples.Sum(x => (x - mean) * (x - mean)) / (samples.Count - 1);
        return new(mean, Math.Sqrt(variance / samples.Count), samples.Count);
    }

    /// <summary>The two-sided interval of Student's t at a confidence level: x̄ ± t·SE with n − 1 degrees of freedom.</summary>
    /// <param name="level">The confidence, between 0 and 1.</param>
    public Interval Interval(double level = 0.95)
    {
        if (Samples < 2)
            throw new InvalidOperationException($"An interval needs at least two samples; this estimate has {Samples}, and one number says nothing about its own spread.");

        var half = StudentT.Quantile((1 + level) / 2, Samples - 1) * StandardError;
        return new(Value - half, Value + half, level);
    }

    /// <summary>Value ± standard error, with 6 significant digits.</summary>
    public override string ToString() =>
        double.IsNaN(StandardError) ? Cell.Number(Value) : $"{Cell.Number(Value)} ± {StandardError.ToString("G2", System.Globalization.CultureInfo.InvariantCulture)}";
}
