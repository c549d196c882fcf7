namespace NormLab.Shift;

/// <summary>Spearman's rank correlation: whether one quantity orders things as another does, 1 for the same order and −1 for the opposite one.</summary>
/// <remarks>Spearman (1904): Pearson's correlation of the ranks, equal values with the mean of their ranks; without equal values it is 1 − 6 Σd²/(n(n² − 1)).</remarks>
public static class RankCorrelation
{
    /// <summary>ρ of two quantities of the same things; NaN where one of them is the same for all. +∞ ranks last.</summary>
    /// <param name="x">One value per thing.</param>
    /// <param name="y">The other quantity, in the same order.</param>
    /// <exception cref="ArgumentException">The numbers of values differ, are below two, or one is NaN.</exception>
    public static double Of(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count || x.Count < 2)
            throw new ArgumentException($"There are {x.Count} values of one quantity and {y.Count} of the other; an order needs both of each thing, and two things.", nameof(y));

        var (a, b) = (Ranks(x), Ranks(y));
        var (meanA, meanB) = (a.Average(), b.Average());
        double Product(double[] p, double meanP, double[] q, double meanQ) => p.Zip(q, (u, v) => (u - meanP) * (v - meanQ)).Sum();
        return Product(a, meanA, b, meanB) / Math.Sqrt(Product(a, meanA, a, meanA) * Product(b, meanB, b, meanB));
    }

    /// <summary>The rank of each value from 1, equal ones with the mean of their ranks.</summary>
    public static double[] Ranks(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Any(double.IsNaN))
            throw new ArgumentException("One of the values is NaN, which has no rank.", nameof(values));

        return [.. values.Select(value => values.Count(other => other < value) + (values.Count(other => other == value) + 1) / 2.0)];
    }
}
