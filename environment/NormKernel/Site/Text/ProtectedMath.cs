using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace NormKernel.Site.Text;

/// <summary>
/// Takes formulas out of Markdown before Markdown reads them (it would eat backslashes, underscores and pipes) and puts
/// them back into the HTML, where KaTeX finds them. <c>$…$</c> and <c>$$…$$</c>, as Jupyter and GitHub read them.
/// </summary>
public sealed partial class ProtectedMath
{
    private const char Open = '\uE000', Close = '\uE001';

    private readonly List<(string Tex, bool Display)> formulas = [];

    public ProtectedMath(string markdown) => Text = Token().Replace(markdown, match => Protect(match, markdown));

    /// <summary>The Markdown with a placeholder for each formula.</summary>
    public string Text { get; }

    /// <summary>HTML with every placeholder replaced by an element that shows the formula, as source until KaTeX has run.</summary>
    public string Restore(string html) =>
        Placeholder().Replace(Attribute().Replace(html, value => $"\"{WebUtility.HtmlEncode(Plain(value.Value.Trim('"')))}\""), Element);

    /// <summary>Text with every placeholder replaced by the formula's TeX, for titles and attributes.</summary>
    public string Plain(string text) => Placeholder().Replace(text, match => Formula(match).Tex);

    private (string Tex, bool Display) Formula(Match placeholder) =>
        formulas[int.Parse(placeholder.Groups[1].ValueSpan, CultureInfo.InvariantCulture)];

    private string Element(Match placeholder)
    {
        var (tex, display) = Formula(placeholder);
        return $"<span class=\"math {(display ? "display" : "inline")}\">{WebUtility.HtmlEncode(tex)}</span>";
    }

    private string Protect(Match match, string markdown)
    {
        var display = match.Groups["display"];
        var inline = match.Groups["inline"];
        if (!display.Success && !inline.Success)
            return match.Value;

        var tex = (display.Success ? display : inline).Value;
        var line = markdown.AsSpan(markdown.LastIndexOf('\n', match.Index) + 1);
        if (line.TrimStart().StartsWith(">"))
            tex = QuotePrefix().Replace(tex, "\n");

        formulas.Add((tex.Trim(), display.Success));
        return FormattableString.Invariant($"{Open}{formulas.Count - 1}{Close}");
    }

    // Code, escapes and comments come first: what they contain is no formula. A formula never holds a blank line, so one
    // stray dollar cannot swallow the rest of the text, and an inline one hugs its dollars, so "$5 and $6" stays money.
    [GeneratedRegex("""
        ^[ \t>]*(?<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ \t>]*\k<fence>[`~]*[ \t]*$
        | (?<!`)(?<ticks>`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\k<ticks>(?!`)
        | <!--.*?-->
        | \$\$(?<display>(?:\\.|[^$\\\n]|\n(?![ \t>]*\n))+?)\$\$
        | \$(?![\s$])(?<inline>(?:\\.|[^$\\\n]|\n(?!\s*\n))+?)(?<!\s)\$(?!\d)
        | \\.
        """, RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    [GeneratedRegex(@"\n[ \t]*>[ \t]?")]
    private static partial Regex QuotePrefix();

    [GeneratedRegex("\uE000([0-9]+)\uE001")]
    private static partial Regex Placeholder();

    [GeneratedRegex("\"[^\"<>]*\uE000[0-9]+\uE001[^\"<>]*\"")]
    private static partial Regex Attribute();
}
