using System.Text;
using System.Text.RegularExpressions;
using NormKernel.Site.Assets;

namespace NormKernel.Paper;

/// <summary>KaTeX as text that stands in the paper itself: style sheet with its fonts as data, and script.</summary>
internal sealed partial record InlineKatex(string Style, string Script)
{
    /// <summary>Null where KaTeX is only to be had from the network: a paper loads nothing, and shows the formulas' source.</summary>
    public static InlineKatex? From(KatexAssets assets)
    {
        string? Text(string name) => assets.Files.TryGetValue($"{assets.Address}/{name}", out var content) ? Encoding.UTF8.GetString(content) : null;
        if (Text("katex.min.css") is not { } style || Text("katex.min.js") is not { } script)
            return null;
        var embedded = FontSource().Replace(style, source =>
            assets.Files.TryGetValue($"{assets.Address}/{source.Groups["font"].Value}", out var font)
                ? $"src:url(data:font/woff2;base64,{Convert.ToBase64String(font)}) format('woff2')"
                : "src:local('KaTeX')");
        return new InlineKatex(embedded, script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase));
    }

    // The first of the sources is woff2, which every browser of today reads; the others would only load something.
    [GeneratedRegex(@"src:url\((?<font>fonts/[^)]+\.woff2)\)[^;}]*")]
    private static partial Regex FontSource();
}
