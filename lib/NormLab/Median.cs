namespace NormLab;

/// <summary>The middle value, or the mean of the two in the middle.</summary>
internal static class Median
{
    public static double Of(IEnumerable<double> values) => OfSorted([.. values.Order()]);

    public static double OfSorted(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
