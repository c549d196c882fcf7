using System.Globalization;

namespace Benchmarks.Kernel;

/// <summary>The times as Markdown, each beside its bound.</summary>
internal static class KernelTable
{
    /// <summary>The lines; of several rounds the median.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<KernelTimes> ours, IReadOnlyList<KernelTimes>? other)
    {
        yield return $"| milliseconds | bound | ours |{(other is null ? "" : " the other |")}";
        yield return $"|---|---:|---:|{(other is null ? "" : "---:|")}";
        foreach (var (name, bound, value) in Rows)
        {
            var theirs = other is null ? "" : $" {Text(Median(other, value))} |";
            yield return $"| {name} | {(bound is { } limit ? Text(limit) : "")} | {Text(Median(ours, value))} |{theirs}";
        }
    }

    /// <summary>The rows whose bound is passed, in words.</summary>
    public static IEnumerable<string> Passed(IReadOnlyList<KernelTimes> ours) =>
        from row in Rows
        let value = Median(ours, row.Value)
        where value > row.Bound
        select $"{row.Name}: {Text(value)} ms, the bound is {Text(row.Bound)} ms";

    private static IEnumerable<(string Name, double? Bound, Func<KernelTimes, double?> Value)> Rows =>
    [
        ("from the start to the first reply", 1500, times => times.Ready),
        ("first cell, sent at once", 1500, times => times.FirstCell),
        ("later cells, median", 50, times => KernelTimes.Quantile(times.Cells, 0.5)),
        ("later cells, 95 %", 50, times => KernelTimes.Quantile(times.Cells, 0.95)),
        ("cells 1 to 20 of 200, median", null, times => KernelTimes.Quantile(times.First, 0.5)),
        ("cells 181 to 200, median", 50, times => KernelTimes.Quantile(times.Last, 0.5)),
        ("cells after the notebooks' set-up, median", 50, times => times.WithLibrary is { } cells ? KernelTimes.Quantile(cells, 0.5) : null),
        ("first completion, after the first cell", null, times => times.FirstCompletion),
        ("later completions, median", 100, times => KernelTimes.Quantile(times.Completions, 0.5)),
        ("later completions, 95 %", 100, times => KernelTimes.Quantile(times.Completions, 0.95)),
    ];

    private static double? Median(IEnumerable<KernelTimes> rounds, Func<KernelTimes, double?> value)
    {
        var values = rounds.Select(value).OfType<double>().ToList();
        return values.Count == 0 ? null : KernelTimes.Quantile(values, 0.5);
    }

    private static string Text(double? milliseconds) => milliseconds?.ToString(milliseconds < 10 ? "F1" : "F0", CultureInfo.InvariantCulture) ?? "";
}
