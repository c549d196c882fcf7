namespace NormLab.Noise;

/// <summary>
/// The exact distribution of what batch norm makes of one sample in training: the sample is fixed, its m − 1 mates are independent
/// Gaussian draws, x̂ = √(m−1) t/√(m(m−2) + t²) with t noncentral t of m − 2 degrees of freedom and δ = z√(m−1).
/// </summary>
/// <remarks>
/// With M and V the mean and the sum of squared deviations of the mates, z − μ = (z − M)(m−1)/m and mσ² = V + (z − M)²(m−1)/m; then
/// t = √(m−1)(z − M)/√(V/(m−2)) is noncentral t, and x̂ = (z − μ)/σ an increasing function of it. ε = 0.
/// </remarks>
public sealed class BatchNoiseLaw
{
    private readonly NoncentralT t;

    /// <summary>The law.</summary>
    /// <param name="batchSize">m ≥ 3, the samples that share statistics, the one looked at included.</param>
    /// <param name="score">z, how many population standard deviations the sample lies above the population mean.</param>
    public BatchNoiseLaw(int batchSize, double score)
    {
        if (batchSize < 3)
            throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, "A batch of one gives 0 and of two ±1; from three on there is a density.");

        (BatchSize, Score, t) = (batchSize, score, new(batchSize - 2, score * Math.Sqrt(batchSize - 1)));
        Mean = t.Expectation(Normalized);
        Variance = t.Expectation(value => Math.Pow(Normalized(value) - Mean, 2));
    }

    /// <summary>m.</summary>
    public int BatchSize { get; }

    /// <summary>z.</summary>
    public double Score { get; }

    /// <summary>√(m−1), which no x̂ exceeds.</summary>
    public double Limit => Math.Sqrt(BatchSize - 1);

    /// <summary>E[x̂ | z].</summary>
    public double Mean { get; }

    /// <summary>Var[x̂ | z].</summary>
    public double Variance { get; }

    /// <summary>P(x̂ ≤ value).</summary>
    public double Cumulative(double value) => value <= -Limit ? 0 : value >= Limit ? 1 : t.Cumulative(StudentOf(value));

    /// <summary>The density of x̂, zero beyond ±√(m−1).</summary>
    public double Density(double value)
    {
        if (Math.Abs(value) >= Limit)
            return 0;
        var rest = BatchSize - 1 - value * value;
        var slope = Math.Sqrt(BatchSize * (BatchSize - 2.0)) * (BatchSize - 1) / Math.Pow(rest, 1.5);
        return slope * t.Density(StudentOf(value));
    }

    private double Normalized(double t) => Limit * t / Math.Sqrt(BatchSize * (BatchSize - 2.0) + t * t);

    private double StudentOf(double value) => value * Math.Sqrt(BatchSize * (BatchSize - 2.0) / (BatchSize - 1 - value * value));
}
