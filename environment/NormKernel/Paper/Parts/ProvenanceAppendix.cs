using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NormKernel.Verifying;

namespace NormKernel.Paper.Parts;

/// <summary>What the numbers of each chapter depend on, as its notebook recorded it, and which file the notebook is.</summary>
internal static partial class ProvenanceAppendix
{
    public const string Id = "provenance", Title = "A Provenance";

    public static string Html(IReadOnlyList<PaperChapter> chapters)
    {
        var parts = new StringBuilder();
        foreach (var chapter in chapters)
        {
            parts.Append($"<div class=\"provenance\"><h3><a href=\"#{chapter.Id}\">{FormattableString.Invariant($"{chapter.Number}")} {chapter.Lead.TitleHtml}</a></h3>\n<dl>\n");
            foreach (var (name, value) in (IEnumerable<(string, string)>)[("notebook", Path.GetFileName(chapter.Path)), ("its SHA-256", Sha256(chapter.Path)), .. Fields(chapter)])
                parts.Append($"<dt>{WebUtility.HtmlEncode(name)}</dt><dd>{WebUtility.HtmlEncode(value)}</dd>\n");
            parts.Append("</dl></div>\n");
        }

        return $"""
            <section class="back" id="{Id}">
            <h1><span class="number">A</span> Provenance</h1>
            <p>The same notebook, library, data, seeds and profile give the same numbers on the same kind of processor.</p>
            <div class="provenances">
            {parts}</div>
            </section>

            """;
    }

    /// <summary>The fields that all chapters recorded with one and the same value.</summary>
    public static IReadOnlyList<(string Name, string Value)> Common(IReadOnlyList<PaperChapter> chapters)
    {
        var all = chapters.Select(Fields).ToList();
        return all.Count == 0 ? [] : [.. all[0].Where(field => all.All(fields => fields.Contains(field)))];
    }

    private static List<(string Name, string Value)> Fields(PaperChapter chapter) =>
        [.. Provenance.In(chapter.Notebook).OfType<JsonObject>().SelectMany(record => record)
            .Select(field => (Words(field.Key), Text(field.Value)))];

    // What a chapter took from others stands with those.
    private static string Text(JsonNode? value) => value switch
    {
        null => "none",
        JsonObject parts => $"as said of {string.Join(", ", parts.Select(part => part.Key))}",
        _ => value.ToString(),
    };

    /// <summary>datasetSha256 as people write it.</summary>
    private static string Words(string field) =>
        Hump().Replace(field, match => " " + match.Value.ToLowerInvariant()).Replace(" sha256", " SHA-256", StringComparison.Ordinal);

    // The committed file, so that a reader can tell whether the notebook at hand is the one that was printed.
    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex Hump();
}
