using System.Globalization;
using System.Net;
using NormKernel.Claims;
using NormKernel.Site.Pages;

namespace NormKernel.Site.Scoreboard;

/// <summary>The controls that filter the table of claims. Hidden until the script that serves them runs.</summary>
internal static class ScoreboardForm
{
    public const string NoRecord = "no record";

    public static string Html(IReadOnlyList<Chapter> chapters, IReadOnlyList<ClaimRecord> claims, bool withMissing)
    {
        var kinds = ClaimReader.Kinds.Where(kind => claims.Any(claim => claim.Kind == kind)).Select(kind => (kind, kind));
        var verdicts = ClaimReader.Verdicts.Where(verdict => claims.Any(claim => claim.Verdict == verdict)).Concat(withMissing ? [NoRecord] : []);
        var notebooks = chapters
            .Select((chapter, index) => (chapter.Slug, Text: string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {chapter.Lead.Title}"), chapter.Claims.Records.Count))
            .Where(entry => entry.Count > 0)
            .Select(entry => (entry.Slug, entry.Text));
        return $"""
            <form class="filters" role="search" aria-label="Filter the claims" hidden>
            <label>Text <input type="search" name="text" placeholder="words of a claim" autocomplete="off"></label>
            {Select("Kind", "kind", kinds)}
            {Select("Verdict", "verdict", verdicts.Select(verdict => (verdict, verdict)))}
            {Select("Notebook", "notebook", notebooks)}
            <button type="reset">Show all</button>
            <output aria-live="polite"></output>
            </form>
            """;
    }

    private static string Select(string label, string name, IEnumerable<(string Value, string Text)> options) => $"""
        <label>{label} <select name="{name}"><option value="">all</option>{string.Concat(options.Select(option =>
            $"<option value=\"{WebUtility.HtmlEncode(option.Value)}\">{WebUtility.HtmlEncode(option.Text)}</option>"))}</select></label>
        """;
}
