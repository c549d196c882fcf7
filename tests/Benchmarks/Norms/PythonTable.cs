using System.Globalization;
using Benchmarks.Timing;
using static TorchSharp.torch;

namespace Benchmarks.Norms;

/// <summary>The rows again beside PyTorch in Python. Another process: a comparison of times, coarser than ratios within one.</summary>
internal static class PythonTable
{
    public static void Print(string python, IEnumerable<NormRow> rows, double seconds)
    {
        Console.WriteLine("\n| operation | shape | layout | Python forward, ms | ours, ms | Python both, ms | ours, ms |\n|---|---|---|---:|---:|---:|---:|");
        foreach (var row in rows.Where(row => !row.Case.EndsWith("composed", StringComparison.Ordinal)))
        {
            var theirs = PythonScript.Run(
                python, "Norms/norms.py", row.Case, row.Shape.Trim('[', ']').Replace(" ", "", StringComparison.Ordinal), row.Layout, $"{get_num_threads()}", seconds.ToString(CultureInfo.InvariantCulture));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {row.Case} | {row.Shape} | {row.Layout} | {theirs[0]:F3} | {row.Milliseconds.Forward:F3} | {theirs[1]:F3} | {row.Milliseconds.Both:F3} |"));
        }
    }
}
