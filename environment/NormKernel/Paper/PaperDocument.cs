using System.Net;
using System.Text;
using NormKernel.Paper.Bibliography;
using NormKernel.Paper.Parts;
using NormKernel.Paper.Text;
using NormKernel.Site;
using NormKernel.Site.Assets;
using NormKernel.Site.Text;

namespace NormKernel.Paper;

/// <summary>The whole paper as one HTML text that loads nothing.</summary>
internal static class PaperDocument
{
    private static readonly string[] Styles = ["colors.css", "paper.css", "paper-parts.css", "paper-print.css"];

    private static readonly string[] Scripts = ["math.js", "paper-fit.js"];

    public static string Html(Lead intro, PaperOptions options, IReadOnlyList<PaperChapter> chapters, Citations citations, InlineKatex? katex)
    {
        var links = new PaperLinks(chapters, citations);
        var (references, claims) = (ReferenceList.Html(citations.Cited), ClaimList.Html(chapters));
        (string Id, string Title, bool Exists)[] back =
            [(ReferenceList.Id, ReferenceList.Title, references.Length > 0), (ProvenanceAppendix.Id, ProvenanceAppendix.Title, true), (ClaimList.Id, ClaimList.Title, claims.Length > 0)];

        var html = new StringBuilder();
        html.Append(Head(intro.Title, katex));
        html.Append(TitlePage.Html(intro, options.Authors, chapters));
        html.Append(Contents.Html(chapters, [.. back.Where(part => part.Exists).Select(part => (part.Id, part.Title))]));
        foreach (var chapter in chapters)
            html.Append($"<article id=\"{chapter.Id}\">\n{links.In(chapter)}</article>\n");
        html.Append(references).Append(ProvenanceAppendix.Html(chapters)).Append(claims);
        html.Append("</main>\n");
        if (katex is not null)
            html.Append($"<script>{katex.Script}</script>\n");
        foreach (var script in Scripts)
            html.Append($"<script>\n{Asset(script)}</script>\n");
        return html.Append("</body>\n</html>\n").ToString();
    }

    private static string Head(string title, InlineKatex? katex) => $"""
        <!doctype html>
        <html lang="en" data-theme="light">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="generator" content="{SiteFolder.Generator}">
        <title>{WebUtility.HtmlEncode(title)}</title>
        <link rel="icon" href="data:,">
        <style>{katex?.Style}</style>
        <style>
        {string.Concat(Styles.Select(Asset))}</style>
        </head>
        <body>
        <main>

        """;

    private static string Asset(string name) => Encoding.UTF8.GetString(EmbeddedAsset.Read(name));
}
