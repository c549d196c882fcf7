using System.Globalization;

namespace NormKernel.Packing;

/// <summary>
/// Versions of the locally packed libraries: 1.0.(minutes since the start of 2026). Every package cache keeps a version for
/// good, so each packing needs a new one; notebooks ask for 1.*.
/// </summary>
public static class PackageVersion
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The version for now, or the next one after those in <paramref name="packageFiles"/> where that is higher.</summary>
    public static string Next(DateTimeOffset now, IEnumerable<string> packageFiles)
    {
        var minutes = (int)(now - Start).TotalMinutes;
        var packed = packageFiles.Select(MinutesOf).OfType<int>().DefaultIfEmpty(-1).Max();
        return string.Create(CultureInfo.InvariantCulture, $"1.0.{Math.Max(minutes, packed + 1)}");
    }

    private static int? MinutesOf(string packageFile)
    {
        var parts = Path.GetFileNameWithoutExtension(packageFile).Split('.');
        return parts is [.., "1", "0", var minutes] && int.TryParse(minutes, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
