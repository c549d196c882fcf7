using System.Net;
using System.Text.RegularExpressions;

namespace NormLab.Interview;

/// <summary>Markdown as plain text for a terminal: without marks, links as their text in brackets, formulas in Unicode.</summary>
public static partial class PlainText
{
    /// <summary>One line per paragraph, item of a list, row of a table or line of code.</summary>
    /// <param name="markdown">Paragraphs, lists, quotations, tables, code, links, emphasis and $…$ formulas.</param>
    public static string Of(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var formulas = DisplayedFormula().Replace(markdown.ReplaceLineEndings("\n"), match => Displayed(match.Groups["latex"].Value));
        var lines = new List<string>();
        var inCode = false;
        foreach (var line in formulas.Split('\n').Select(line => line.TrimEnd()))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inCode = !inCode;
            else if (inCode || line.StartsWith(Protected))
                lines.Add(line.TrimStart(Protected));
            else if (lines.Count > 0 && Continues(lines[^1], line))
                lines[^1] += " " + Inline(line.Trim());
            else
                lines.Add(Inline(line));
        }

        return ManyEmptyLines().Replace(string.Join("\n", lines), "\n\n").Trim('\n');
    }

    // Stands before lines that are ready, and occurs in no text.
    private const char Protected = '\u0001';

    private static string Displayed(string latex)
    {
        var lines = FormulaText.Of(latex).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return $"\n\n{string.Join("\n", lines.Select(line => $"{Protected}    {line}"))}\n\n";
    }

    private static bool Continues(string before, string line) =>
        before.Length > 0 && line.Length > 0 && !before.StartsWith("    ", StringComparison.Ordinal) && !StartOfBlock().IsMatch(line);

    private static string Inline(string text) => WebUtility.HtmlDecode(Mark().Replace(text, match =>
        match.Groups["latex"] is { Success: true } latex ? FormulaText.Of(latex.Value).Replace('\n', ' ')
        : match.Groups["code"] is { Success: true } code ? code.Value
        : match.Groups["link"] is { Success: true } link ? $"[{Inline(link.Value)}]"
        : Inline(match.Groups["text"].Value)));

    [GeneratedRegex(@"\$\$(?<latex>.+?)\$\$", RegexOptions.Singleline)]
    private static partial Regex DisplayedFormula();

    [GeneratedRegex(@"^\s*([-*+] |\d+\. |>|\||#|<)")]
    private static partial Regex StartOfBlock();

    [GeneratedRegex(@"\$(?<latex>[^$]+)\$|`(?<code>[^`]+)`|!?\[(?<link>[^\]]*)\]\([^)]*\)|\*\*(?<text>.+?)\*\*|(?<!\w)\*(?<text>[^*\s][^*]*)\*|^#+ (?<text>.*)$|^> ?(?<text>.*)$|</?[a-z]+[^>]*>")]
    private static partial Regex Mark();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex ManyEmptyLines();
}
