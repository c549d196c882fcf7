using System.Globalization;

namespace Benchmarks.Norms;

/// <summary>The rows as a Markdown table, and the figures that the goals are stated in.</summary>
internal static class NormTable
{
    public const string Head =
        "| operation | shape | type | layout | forward | forward + backward | forward, copies | both, copies |\n|---|---|---|---|---:|---:|---:|---:|";

    public static string Line(NormRow row) => string.Create(CultureInfo.InvariantCulture,
        $"| {row.Case} | {row.Shape} | {row.Type} | {row.Layout} | {row.Forward:F2} | {Text(row.Both)} | {row.ForwardCopies:F2} | {Text(row.BothCopies)} |");

    public static string Summary(IReadOnlyList<NormRow> rows)
    {
        var both = rows.Where(row => !double.IsNaN(row.Both)).ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"""

            Geometric mean over {rows.Count} rows: forward {GeometricMean(rows.Select(row => row.Forward)):F2}, forward + backward {GeometricMean(both.Select(row => row.Both)):F2} times the peer. Smallest: {rows.Min(row => row.Forward):F2} and {both.Select(row => row.Both).DefaultIfEmpty(double.NaN).Min():F2}.
            """);
    }

    /// <summary>Says what is too slow; null when nothing is.</summary>
    public static string? Complaint(IReadOnlyList<NormRow> rows, double leastMean, double leastRow)
    {
        var ratios = rows.SelectMany(row => new[] { (row, Ratio: row.Forward), (row, Ratio: row.Both) }).Where(r => !double.IsNaN(r.Ratio)).ToArray();
        var mean = GeometricMean(ratios.Select(r => r.Ratio));
        var slow = ratios.Where(r => r.Ratio < leastRow).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.row.Case} {r.row.Shape} {r.row.Layout}: {r.Ratio:F2}")).ToArray();
        if (mean >= leastMean && slow.Length == 0) return null;
        return string.Create(CultureInfo.InvariantCulture,
            $"too slow: geometric mean {mean:F2} (at least {leastMean} is needed); rows below {leastRow}: {(slow.Length == 0 ? "none" : string.Join("; ", slow))}");
    }

    private static string Text(double ratio) => double.IsNaN(ratio) ? "" : ratio.ToString("F2", CultureInfo.InvariantCulture);

    private static double GeometricMean(IEnumerable<double> ratios) => Math.Exp(ratios.Select(ratio => Math.Log(ratio)).DefaultIfEmpty(double.NaN).Average());
}
