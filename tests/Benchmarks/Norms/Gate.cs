using System.Globalization;
using Benchmarks.Timing;

namespace Benchmarks.Norms;

/// <summary>The bounds that no change may break, and how a row is judged that seems to.</summary>
/// <remarks>
/// What a row takes depends on which pages its process happened to get (evaluation of [64, 256, 14, 14] takes 0.30 ms in some and 0.52 in others)
/// and on who else is on the machine. So a slow row is measured again alone, in up to five fresh processes, and counts as slow when it is in each of them.
/// </remarks>
internal static class Gate
{
    public const double LeastMean = 1.5, LeastRow = 0.9;

    private const int FreshProcesses = 5;
    private const double SecondsThere = 3;

    /// <summary>1, after saying why, where a bound is broken; else 0.</summary>
    /// <param name="rows">What was measured.</param>
    /// <param name="setting">Where large tensors come from.</param>
    /// <param name="isAlone">Whether this is such a fresh process, which judges by itself.</param>
    public static int Judge(IReadOnlyList<NormRow> rows, string setting, bool isAlone)
    {
        var slow = rows.Where(row => row.Least < LeastRow).ToArray();
        if (!isAlone) slow = [.. slow.Where(row => IsSlowEverywhere(row, setting))];
        var mean = NormTable.GeometricMean(rows.SelectMany(row => new[] { row.Forward, row.Both }).Where(ratio => !double.IsNaN(ratio)));
        var isMeanLow = !isAlone && !(mean >= LeastMean);
        if (slow.Length == 0 && !isMeanLow) return 0;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"too slow: geometric mean {mean:F2} (at least {LeastMean} is needed); rows below {LeastRow}: {(slow.Length == 0 ? "none" : string.Join("; ", slow.Select(row => row.Name)))}"));
        return 1;
    }

    private static bool IsSlowEverywhere(NormRow row, string setting)
    {
        for (var process = 1; process <= FreshProcesses; process++)
        {
            Console.WriteLine($"\n{row.Name}: below {LeastRow.ToString(CultureInfo.InvariantCulture)}; alone, in fresh process {process} of at most {FreshProcesses}:\n");
            if (FreshProcess.Run("norms", "--setting", setting, "--only", row.Name, "--seconds", SecondsThere.ToString(CultureInfo.InvariantCulture), "--gate", "--alone") == 0) return false;
        }
        return true;
    }
}
