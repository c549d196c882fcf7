using System.Globalization;
using System.Net;
using System.Text;
using NormKernel.Claims;
using NormKernel.Site.Pages;

namespace NormKernel.Site.Scoreboard;

/// <summary>The claims of all notebooks in one table. Without scripts it is whole; scoreboard.js shows the form that filters it.</summary>
internal static class ScoreboardHtml
{
    public static string Of(IReadOnlyList<Chapter> chapters, IReadOnlyList<MissingClaim> missing)
    {
        var claims = chapters.SelectMany((chapter, index) => chapter.Claims.Records.Select(claim => (Chapter: chapter, Number: index + 1, Claim: claim))).ToList();
        if (claims.Count == 0)
            return "";

        var rows = new StringBuilder();
        foreach (var id in missing)
            rows.Append(Row(id));
        foreach (var (chapter, number, claim) in claims)
            rows.Append(Row(chapter, number, claim));
        return $"""
            <section class="scoreboard" aria-labelledby="claims">
            <h2 id="claims">Which claims hold?</h2>
            <p>{Summary([.. claims.Select(entry => entry.Claim)], missing.Count)} All of it for programs: <a href="{ClaimsFile.Name}">{ClaimsFile.Name}</a>, described by <a href="{ClaimsFile.Schema}">{ClaimsFile.Schema}</a>.</p>
            {ScoreboardForm.Html(chapters, [.. claims.Select(entry => entry.Claim)], missing.Count > 0)}
            <table>
            <thead><tr><th scope="col">Claim</th><th scope="col">Measured</th><th scope="col">Kind</th><th scope="col">Verdict</th><th scope="col">Notebook</th></tr></thead>
            <tbody>
            {rows}</tbody>
            </table>
            <script defer src="assets/scoreboard.js"></script>
            </section>
            """;
    }

    /// <summary>The address of the place on a chapter's page that shows the claim.</summary>
    public static string PlaceOf(Chapter chapter, ClaimRecord claim) => $"{chapter.FileName}#{Uri.EscapeDataString(claim.Id)}";

    private static string Summary(IReadOnlyList<ClaimRecord> claims, int missing)
    {
        var verdicts = ClaimReader.Verdicts.Select(verdict => (Verdict: verdict, Count: claims.Count(claim => claim.Verdict == verdict)));
        var counts = verdicts.Where(entry => entry.Count > 0).Select(entry => $"{Text(entry.Count)} {Plural(entry.Verdict, entry.Count)}");
        var wrong = claims.Count(claim => !claim.Passed);
        return $"{Text(claims.Count)} {(claims.Count == 1 ? "claim" : "claims")}: {string.Join(", ", counts)}."
            + (wrong == 0 ? "" : $" <strong class=\"failed\">✗ {Text(wrong)} came out otherwise than the text says.</strong>")
            + (missing == 0 ? "" : $" <strong class=\"failed\">✗ {Text(missing)} without a record.</strong>");
    }

    private static string Row(Chapter chapter, int number, ClaimRecord claim) => $"""
        <tr data-kind="{claim.Kind}" data-verdict="{claim.Verdict}" data-notebook="{chapter.Slug}"{(claim.Passed ? "" : " class=\"failed\"")}>
        <td><a href="{WebUtility.HtmlEncode(PlaceOf(chapter, claim))}">{WebUtility.HtmlEncode(claim.Statement)}</a> <code>{WebUtility.HtmlEncode(claim.Id)}</code></td>
        <td>{WebUtility.HtmlEncode(ClaimText.Measured(claim))}; <span class="limit">threshold {ClaimText.Threshold(claim)}</span> <small>{WebUtility.HtmlEncode(ClaimText.Change(claim))}</small></td>
        <td>{claim.Kind}</td>
        <td><span class="verdict {claim.Verdict}">{claim.Verdict}</span>{(claim.Passed ? "" : $" <small>the text says {claim.Stated}</small>")}</td>
        <td><a href="{chapter.FileName}" title="{WebUtility.HtmlEncode(chapter.Lead.Title)}">{Text(number)}</a> <small>{WebUtility.HtmlEncode(chapter.Claims.Provenance["dataset"]?.ToString() ?? "")}</small></td>
        </tr>

        """;

    private static string Row(MissingClaim claim) => $"""
        <tr data-verdict="{ScoreboardForm.NoRecord}" class="failed">
        <td><code>{WebUtility.HtmlEncode(claim.Id)}</code></td>
        <td>named in {WebUtility.HtmlEncode(string.Join(", ", claim.NamedIn))}: run the notebook that states it</td>
        <td></td>
        <td><span class="verdict">{ScoreboardForm.NoRecord}</span></td>
        <td></td>
        </tr>

        """;

    private static string Plural(string verdict, int count) => (verdict, count) switch
    {
        ("inconclusive", 1) => "is inconclusive",
        ("inconclusive", _) => "are inconclusive",
        (_, 1) => verdict,
        _ => verdict.TrimEnd('s'),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
