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

    private static string Text(double ratio) => double.IsNaN(ratio) ? "" : ratio.ToString("F2", CultureInfo.InvariantCulture);

    public static double GeometricMean(IEnumerable<double> ratios) => Math.Exp(ratios.Select(ratio => Math.Log(ratio)).DefaultIfEmpty(double.NaN).Average());
}
