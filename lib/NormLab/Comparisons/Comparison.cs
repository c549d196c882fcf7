using NormLab.Rendering;

namespace NormLab.Comparisons;

/// <summary>One row of a <see cref="ComparisonTable"/>.</summary>
/// <param name="Name">What was compared.</param>
/// <param name="Agreement">How far it agrees.</param>
/// <param name="Largest">The largest difference relative to the largest entry of the reference; NaN where there is none to tell.</param>
/// <param name="Tolerance">What would be close, in the same measure.</param>
/// <param name="Finding">The finding in words.</param>
public sealed record Comparison(string Name, Agreement Agreement, double Largest, double Tolerance, string Finding)
{
    internal static Comparison Of(string name, Entries ours, Entries theirs, double? given)
    {
        var tolerance = given ?? Math.Max(ours.Tolerance, theirs.Tolerance);
        if (!ours.Shape.SequenceEqual(theirs.Shape))
            return Off($"shapes ({string.Join(", ", ours.Shape)}) and ({string.Join(", ", theirs.Shape)}) differ");
        if (ours.Values.Length == 0)
            return Off("there are no entries to compare");
        if (FirstNaN(ours) is { } here)
            return Off($"ours is NaN at {here}");
        if (FirstNaN(theirs) is { } there)
            return Off($"the reference is NaN at {there}");
        if (ours.Values.Zip(theirs.Values).All(pair => SameBits(pair.First, pair.Second)))
            return new(name, Agreement.Exact, 0, tolerance, "bit by bit");

        var differences = ours.Values.Zip(theirs.Values, Difference).ToArray();
        var scale = theirs.Values.Max(Math.Abs);
        var largest = differences.Max();
        var relative = scale > 0 && double.IsFinite(scale) ? largest / scale : largest;
        var where = Array.IndexOf(differences, largest);
        return relative <= tolerance
            ? new(name, Agreement.Close, relative, tolerance, $"within {Cell.Number(tolerance)} of the largest entry")
            : new(name, Agreement.Off, relative, tolerance,
                $"largest difference {Round(largest)} at {ours.IndexOf(where)}, "
                + $"where ours is {Cell.Number(ours.Values[where])} and the reference {Cell.Number(theirs.Values[where])}");

        Comparison Off(string finding) => new(name, Agreement.Off, double.NaN, tolerance, finding);
    }

    private static bool SameBits(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);

    // Equal infinities differ by nothing, though their subtraction is NaN.
    private static double Difference(double a, double b) => a == b ? 0 : Math.Abs(a - b);

    private static string? FirstNaN(Entries entries) =>
        Array.FindIndex(entries.Values, double.IsNaN) is >= 0 and var index ? entries.IndexOf(index) : null;

    private static string Round(double value) => value.ToString("G3", System.Globalization.CultureInfo.InvariantCulture);
}
