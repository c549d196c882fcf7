using System.Net;
using System.Text;
using NormKernel.Site.Text;

namespace NormKernel.Site.Pages;

/// <summary>A notebook's page: contents, text, the way to the notebooks before and after.</summary>
internal static class ChapterPage
{
    public static string Html(PageFrame frame, Chapter chapter, Chapter? previous, Chapter? next)
    {
        var warning = chapter.HasRun ? "" : "<p class=\"not-run\">This notebook has not been run yet: its code is here, its results are not.</p>\n";
        var content = $"""
            <article>
            {warning}{chapter.BodyHtml}</article>
            <nav class="neighbours" aria-label="Notebooks before and after">
            {Neighbour(previous, "prev", "Previous")}{Neighbour(next, "next", "Next")}</nav>
            """;
        var title = chapter.Lead.Title == frame.SiteTitle ? frame.SiteTitle : $"{chapter.Lead.Title} · {frame.SiteTitle}";
        return frame.Html(title, chapter.Lead.Title, Contents(chapter.Headings), content, chapter.HasCharts);
    }

    private static string Neighbour(Chapter? chapter, string relation, string label) => chapter is null ? "" :
        $"<a rel=\"{relation}\" href=\"{WebUtility.HtmlEncode(chapter.FileName)}\"><span>{label}</span>{chapter.Lead.TitleHtml}</a>\n";

    private static string Contents(IReadOnlyList<Heading> headings)
    {
        var entries = new StringBuilder();
        foreach (var heading in headings.Where(heading => heading.Level is 2 or 3))
            entries.Append($"<li class=\"level-{heading.Level}\"><a href=\"#{heading.Id}\">{heading.Html}</a></li>\n");
        return entries.Length == 0 ? "" : $"""
            <nav class="contents" aria-label="Contents">
            <details open>
            <summary>Contents</summary>
            <ol>
            {entries}</ol>
            </details>
            </nav>
            """;
    }
}
