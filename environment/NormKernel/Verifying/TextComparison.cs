using System.Text.RegularExpressions;

namespace NormKernel.Verifying;

/// <summary>Compares two texts number by number where they say the same around the numbers, else line by line.</summary>
public static partial class TextComparison
{
    private const int LongestExcerpt = 80;

    public static IEnumerable<(string Where, string Old, string New)> Compare(string committed, string rerun)
    {
        if (committed == rerun)
            yield break;

        var (oldLines, newLines) = (committed.Split('\n'), rerun.Split('\n'));
        if (oldLines.Length != newLines.Length)
        {
            var same = oldLines.Zip(newLines).TakeWhile(pair => pair.First == pair.Second).Count();
            yield return ($"line {same + 1} ({oldLines.Length} lines → {newLines.Length})", Excerpt(oldLines, same), Excerpt(newLines, same));
            yield break;
        }

        for (var line = 0; line < oldLines.Length; line++)
        {
            var where = oldLines.Length == 1 ? "" : $"line {line + 1}";
            foreach (var (oldText, newText) in CompareLines(oldLines[line], newLines[line]))
                yield return (where, oldText, newText);
        }
    }

    private static IEnumerable<(string Old, string New)> CompareLines(string committed, string rerun)
    {
        if (committed == rerun)
            return [];
        if (WithoutNumbers(committed) != WithoutNumbers(rerun))
            return [(Excerpt([committed], 0), Excerpt([rerun], 0))];

        return Number().Matches(committed).Zip(Number().Matches(rerun))
            .Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => (pair.First.Value, pair.Second.Value));
    }

    /// <summary>What stands around the numbers. Columns are padded to their numbers' width, so the width of blanks is not text.</summary>
    private static string WithoutNumbers(string line) => Blanks().Replace(Number().Replace(line, "#"), " ");

    private static string Excerpt(string[] lines, int line)
    {
        if (line >= lines.Length)
            return "(no such line)";
        var text = lines[line].TrimEnd();
        return text.Length <= LongestExcerpt ? $"'{text}'" : $"'{text[..LongestExcerpt]}…'";
    }

    [GeneratedRegex(@"[-+−]?(?:\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|NaN\b|∞|Infinity\b)")]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
