using System.Globalization;
using System.Net;
using System.Text;
using NormKernel.Site.Text;

namespace NormKernel.Site.Pages;

/// <summary>The site's first page: what it is about, a card for each notebook, and what is handed in to stand below.</summary>
internal static class IndexPage
{
    public static string Html(PageFrame frame, Lead intro, IReadOnlyList<Chapter> chapters, string below)
    {
        var cards = new StringBuilder();
        foreach (var chapter in chapters)
            cards.Append(Card(chapter));
        var content = $"""
            <header class="intro">
            <h1>{intro.TitleHtml}</h1>
            {(intro.ParagraphHtml.Length > 0 ? $"<p>{intro.ParagraphHtml}</p>" : "")}
            {(below.Length > 0 ? "<p class=\"state\"><a href=\"#claims\">Which claims hold?</a></p>" : "")}
            </header>
            <ol class="cards">
            {cards}</ol>
            {below}
            """;
        return frame.Html(intro.Title, intro.Title, "", content, charts: false);
    }

    private static string Card(Chapter chapter)
    {
        var picture = chapter.Thumbnail is null ? "" : $"<img src=\"{chapter.Thumbnail}\" alt=\"\" loading=\"lazy\">";
        return $"""
            <li class="card{(chapter.Thumbnail is null ? "" : " with-picture")}">
            <a href="{WebUtility.HtmlEncode(chapter.FileName)}">
            <div><h2>{chapter.Lead.TitleHtml}</h2>
            {(chapter.Lead.ParagraphHtml.Length > 0 ? $"<p>{chapter.Lead.ParagraphHtml}</p>" : "")}
            {State(chapter)}</div>
            {picture}</a>
            </li>

            """;
    }

    private static string State(Chapter chapter)
    {
        var failed = chapter.Checks.Count(check => !check.Passed);
        var all = chapter.Checks.Count;
        return (chapter.HasRun, all, failed) switch
        {
            (false, _, _) => "<p class=\"state\">Not run yet</p>",
            (_, 0, _) => "",
            (_, _, 0) => $"<p class=\"state passed\">✓ {Count(all)} passed</p>",
            _ => $"<p class=\"state failed\">✗ {failed.ToString(CultureInfo.InvariantCulture)} of {Count(all)} failed</p>",
        };
    }

    private static string Count(int checks) => checks == 1 ? "1 check" : string.Create(CultureInfo.InvariantCulture, $"{checks} checks");
}
