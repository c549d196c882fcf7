using System.Text;
using NormKernel.Claims;
using NormKernel.Notebooks;
using NormKernel.Site.Outputs;
using NormKernel.Site.Text;

namespace NormKernel.Site.Pages;

/// <summary>Turns a notebook file into a chapter.</summary>
internal static class ChapterReader
{
    public static async Task<Chapter> Read(string path, string slug, IReadOnlyDictionary<string, string> pages, Action<string> log, CancellationToken cancellation)
    {
        var notebook = Notebook.Load(path);
        var files = new PageFiles(slug);
        var headings = new Headings();
        var links = new PageLinks(path, pages, files, log);
        var code = await CodeColors.Html([.. notebook.Cells.Where(cell => cell.IsCode).Select(cell => cell.Source)], cancellation);
        var body = new StringBuilder();
        var next = 0;
        foreach (var cell in notebook.Cells)
        {
            var markdown = new MarkdownText(headings, (address, isImage) => links.Resolve(address, isImage, cell));
            if (cell.IsMarkdown)
                body.Append(markdown.Html(cell.Source));
            else if (cell.IsCode)
                body.Append(CodeCell.Html(cell, code[next++])).Append(new OutputHtml(files, markdown, new ChartHtml()).Html(cell));
        }

        var html = body.ToString();
        if (!html.Contains("<h1", StringComparison.Ordinal))
            html = $"<h1>{Chapter.LeadOf(notebook, path).TitleHtml}</h1>\n{html}";
        if (RemoteContent.In(html) is { Count: > 0 } remote)
            log($"{Path.GetFileName(path)}: the page loads from the network: {string.Join(", ", remote)}");
        return new Chapter(slug, Chapter.LeadOf(notebook, path), html, headings.All, files, [.. notebook.Cells.SelectMany(cell => Check.In(cell.Outputs))], ThumbnailOf(notebook, files), notebook.WasRun)
        {
            Claims = NotebookClaims.Of(notebook, path),
        };
    }

    private static string? ThumbnailOf(Notebook notebook, PageFiles files) =>
        notebook.Cells.SelectMany(cell => cell.Outputs)
            .Select(output => output?["data"])
            .Where(data => data?[Mime.Plotly] is not null && data[Mime.Png] is not null)
            .Select(data => files.AddBase64(MultilineText.Join(data![Mime.Png]), ".png"))
            .FirstOrDefault(path => path is not null);
}
