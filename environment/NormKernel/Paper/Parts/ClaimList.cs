using System.Net;
using System.Text;
using NormKernel.Notebooks;

namespace NormKernel.Paper.Parts;

/// <summary>Every claim of the paper with its verdict, and where it was measured.</summary>
internal static class ClaimList
{
    public const string Id = "claims", Title = "B Claims";

    public static string Html(IReadOnlyList<PaperChapter> chapters)
    {
        var rows = new StringBuilder();
        foreach (var chapter in chapters.Where(chapter => chapter.Claims.Count > 0))
        {
            rows.Append($"<tr class=\"of-chapter\"><th colspan=\"3\">{FormattableString.Invariant($"{chapter.Number}")} {chapter.Lead.TitleHtml}</th></tr>\n");
            foreach (var claim in chapter.Claims)
                rows.Append(Row(claim));
        }

        return rows.Length == 0 ? "" : $"""
            <section class="back" id="{Id}">
            <h1><span class="number">B</span> Claims</h1>
            <p>An identity holds to rounding, a numerical claim within a derived tolerance; an empirical claim was measured on several seeds against a threshold that was stated before the run.</p>
            <table class="claims">
            <thead><tr><th>claim</th><th>statement and evidence</th><th>verdict</th></tr></thead>
            <tbody>
            {rows}</tbody>
            </table>
            </section>

            """;
    }

    private static string Row(Check claim)
    {
        var (name, verdict) = (WebUtility.HtmlEncode(claim.Name), WebUtility.HtmlEncode(claim.Verdict ?? ""));
        return $"""
            <tr><td><a href="#{name}">{name}</a><span class="kind">{WebUtility.HtmlEncode(claim.Kind)}</span></td><td>{WebUtility.HtmlEncode(claim.Statement ?? "")}<span class="message">{WebUtility.HtmlEncode(claim.Message)}</span></td><td class="verdict {verdict}">{verdict}</td></tr>

            """;
    }
}
