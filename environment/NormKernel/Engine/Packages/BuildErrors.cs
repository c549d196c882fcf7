using System.Text.RegularExpressions;

namespace NormKernel.Engine.Packages;

/// <summary>The errors in what MSBuild wrote.</summary>
public static partial class BuildErrors
{
    /// <summary>Each error once, without the project's path behind it; all lines where none looks like an error.</summary>
    public static IReadOnlyList<string> In(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var errors = lines.Where(line => ErrorMark().IsMatch(line)).ToList();
        return [.. (errors.Count > 0 ? errors : lines.ToList()).Select(line => ProjectPath().Replace(line, "")).Distinct()];
    }

    [GeneratedRegex(@"\berror\b( [A-Z]+\d+)?\s*:")]
    private static partial Regex ErrorMark();

    [GeneratedRegex(@"\s*\[[^\[\]]*proj(?:::[^\]]*)?\]$")]
    private static partial Regex ProjectPath();
}
