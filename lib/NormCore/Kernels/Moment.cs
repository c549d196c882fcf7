namespace NormCore.Kernels;

/// <summary>Mean and M₂ = Σ (x − μ)² of some elements, in double.</summary>
internal struct Moment
{
    public double Count;
    public double Mean;
    public double SquaredDeviations;

    /// <summary>Takes in further elements.</summary>
    /// <remarks>Chan, Golub and LeVeque 1983, eq. 2.1, which leaves equal means as they are; an infinite mean it would make NaN.</remarks>
    public void Add(in Moment other)
    {
        var count = Count + other.Count;
        var weight = other.Count / count;
        var delta = other.Mean - Mean;
        SquaredDeviations += other.SquaredDeviations;
        if (Count > 0) SquaredDeviations += delta * delta * Count * weight;
        Mean = double.IsFinite(delta) ? Mean + delta * weight : Mean * (Count / count) + other.Mean * weight;
        Count = count;
    }
}
