using System.Globalization;
using System.Net;
using System.Text;
using NormKernel.Site.Text;

namespace NormKernel.Paper.Parts;

/// <summary>The first page: title, authors, what the paper is made of; and the abstract, each chapter's question with its answer.</summary>
internal static class TitlePage
{
    public static string Html(Lead intro, string? authors, IReadOnlyList<PaperChapter> chapters) => $"""
        <header class="title-page">
        <h1>{intro.TitleHtml}</h1>
        {(intro.ParagraphHtml.Length > 0 ? $"<p class=\"subject\">{intro.ParagraphHtml}</p>" : "")}
        {(authors is null ? "" : $"<p class=\"authors\">{WebUtility.HtmlEncode(authors)}</p>")}
        <p class="made">{Extent(chapters)}</p>
        <p class="made">{Made(chapters)}</p>
        </header>
        <section class="abstract" id="abstract">
        <h1>Abstract</h1>
        <dl>
        {Answers(chapters)}</dl>
        </section>

        """;

    private static string Answers(IReadOnlyList<PaperChapter> chapters)
    {
        var answers = new StringBuilder();
        foreach (var chapter in chapters)
            answers.Append($"<dt><a href=\"#{chapter.Id}\"><span class=\"number\">{Text(chapter.Number)}</span> {chapter.Lead.TitleHtml}</a></dt>\n<dd>{chapter.Lead.ParagraphHtml}</dd>\n");
        return answers.ToString();
    }

    private static string Extent(IReadOnlyList<PaperChapter> chapters)
    {
        var claims = chapters.SelectMany(chapter => chapter.Claims).GroupBy(claim => claim.Verdict ?? "without a verdict").OrderByDescending(group => group.Count())
            .Select(group => $"{Text(group.Count())} {WebUtility.HtmlEncode(group.Key)}").ToList();
        var verdicts = claims.Count == 0 ? "" : $" and {Count(chapters.Sum(chapter => chapter.Claims.Count), "claim")} ({string.Join(", ", claims)})";
        return $"{Count(chapters.Count, "chapter")} with {Count(chapters.Sum(chapter => chapter.Figures), "figure")}, {Count(chapters.Sum(chapter => chapter.Equations), "numbered equation")}{verdicts}.";
    }

    /// <summary>What the numbers of all chapters depend on alike.</summary>
    private static string Made(IReadOnlyList<PaperChapter> chapters)
    {
        var common = ProvenanceAppendix.Common(chapters).Select(field => $"{field.Name} {field.Value}").ToList();
        var conditions = common.Count == 0 ? "" : $" The numbers were computed with {string.Join(", ", common)}; what each chapter depends on stands in appendix A.";
        return WebUtility.HtmlEncode($"Every chapter is a notebook that was executed from its first cell to its last.{conditions}");
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{Text(number)} {what}s";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
