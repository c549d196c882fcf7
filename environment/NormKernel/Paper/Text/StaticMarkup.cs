using System.Globalization;
using System.Text.RegularExpressions;

namespace NormKernel.Paper.Text;

/// <summary>What a page does on demand, done for good: folded text stands open in a box, and long outputs end early.</summary>
public static partial class StaticMarkup
{
    private const int LongestOutput = 60;

    public static string Of(string html)
    {
        var open = Details().Replace(html, "<div class=\"box\">").Replace("</details>", "</div>", StringComparison.OrdinalIgnoreCase);
        var titled = Summary().Replace(open, "<p class=\"box-title\">").Replace("</summary>", "</p>", StringComparison.OrdinalIgnoreCase);
        return Output().Replace(titled, Shortened);
    }

    private static string Shortened(Match output)
    {
        var lines = output.Groups["text"].Value.Split('\n');
        if (lines.Length <= LongestOutput)
            return output.Value;
        var rest = string.Create(CultureInfo.InvariantCulture, $"[{lines.Length - LongestOutput} more lines in the notebook]");
        return $"{output.Groups["tag"].Value}{string.Join('\n', lines.Take(LongestOutput))}\n{rest}</pre>";
    }

    [GeneratedRegex(@"<details\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Details();

    [GeneratedRegex(@"<summary\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Summary();

    [GeneratedRegex("(?<tag><pre class=\"output [a-z]+\">)(?<text>[^<]*)</pre>")]
    private static partial Regex Output();
}
