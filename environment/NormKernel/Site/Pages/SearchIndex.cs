using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NormKernel.Site.Outputs;

namespace NormKernel.Site.Pages;

/// <summary>The text of all pages by section, as a script: pages that are opened from a folder may load scripts but no data.</summary>
internal static partial class SearchIndex
{
    public static string Script(IEnumerable<Chapter> chapters) =>
        $"const searchIndex = {Figure.Json(new JsonArray([.. chapters.SelectMany(Sections)]))};\n";

    private static IEnumerable<JsonNode> Sections(Chapter chapter)
    {
        var html = Hidden().Replace(chapter.BodyHtml, " ");
        var starts = Heading().Matches(html).ToList();
        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1].Index : html.Length;
            yield return new JsonObject
            {
                ["page"] = chapter.FileName,
                ["title"] = chapter.Lead.Title,
                ["id"] = starts[i].Groups["id"].Value,
                ["heading"] = Text(starts[i].Groups["html"].Value),
                ["text"] = Text(html[(starts[i].Index + starts[i].Length)..end]),
            };
        }
    }

    private static string Text(string html) => Space().Replace(WebUtility.HtmlDecode(Tag().Replace(WithinLine().Replace(html, ""), " ")), " ").Trim();

    // Figures, what stands for them without scripts, and the links that headings have to themselves.
    [GeneratedRegex("<(?<tag>script|noscript)\\b.*?</\\k<tag>>|<a class=\"anchor\".*?</a>", RegexOptions.Singleline)]
    private static partial Regex Hidden();

    [GeneratedRegex("<h[1-6](?: id=\"(?<id>[^\"]*)\")?>(?<html>.*?)</h[1-6]>", RegexOptions.Singleline)]
    private static partial Regex Heading();

    [GeneratedRegex("</?(?:a|b|code|em|i|span|strong|sub|sup)\\b[^>]*>")]
    private static partial Regex WithinLine();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+")]
    private static partial Regex Space();
}
