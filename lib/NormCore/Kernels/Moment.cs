namespace NormCore.Kernels;

/// <summary>Mean and M₂ = Σ (x − μ)² of some elements, in double.</summary>
internal struct Moment
{
    public double Count;
    public double Mean;
    public double SquaredDeviations;

    /// <summary>Takes in further elements.</summary>
    /// <remarks>Chan, Golub and LeVeque 1983, eq. 2.1. The mean is a weighted sum, since the usual μ + δ n_b/n makes NaN of an infinite mean.</remarks>
    public void Add(in Moment other)
    {
        var count = Count + other.Count;
        var weight = other.Count / count;
        var delta = other.Mean - Mean;
        SquaredDeviations += other.SquaredDeviations;
        if (Count > 0) SquaredDeviations += delta * delta * Count * weight;
        Mean = Mean * (Count / count) + other.Mean * weight;
        Count = count;
    }
}
