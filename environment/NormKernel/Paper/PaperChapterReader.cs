using System.Text;
using NormKernel.Notebooks;
using NormKernel.Paper.Pictures;
using NormKernel.Paper.Text;
using NormKernel.Site.Outputs;
using NormKernel.Site.Pages;
using NormKernel.Site.Text;

namespace NormKernel.Paper;

/// <summary>Turns a notebook into a chapter: its cells in order, with numbers for sections, figures and equations.</summary>
internal static class PaperChapterReader
{
    /// <param name="number">The chapter's number.</param>
    /// <param name="path">The notebook's file, which pictures are relative to.</param>
    /// <param name="notebook">What stands in it.</param>
    /// <param name="chapters">The chapter's name that a link to each notebook is given, by the notebook's full path.</param>
    /// <param name="options">Whether code is shown.</param>
    /// <param name="log">Told about links that lead nowhere and pictures that are missing.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static async Task<PaperChapter> Read(
        int number, string path, Notebook notebook, IReadOnlyDictionary<string, string> chapters, PaperOptions options, Action<string> log, CancellationToken cancellation)
    {
        var lead = Chapter.LeadOf(notebook, path);
        var files = new PageFiles(FormattableString.Invariant($"chapter-{number}"));
        var headings = new Headings(PaperChapter.Prefix(number), new SectionNumbers(number).Next);
        var links = new PageLinks(path, chapters, files, log);
        var figures = new NumberedFigures(number);
        var code = await CodeColors.Html([.. notebook.Cells.Where(cell => cell.IsCode).Select(cell => cell.Source)], cancellation);
        var body = new StringBuilder();
        if (!notebook.Cells.Any(cell => cell.IsMarkdown && Lead.Read(cell.Source) is not null))
            body.Append($"<h1>{headings.Add(1, lead.Title, lead.TitleHtml).Html}</h1>\n");
        var next = 0;
        foreach (var cell in notebook.Cells)
        {
            var markdown = new MarkdownText(headings, (address, isImage) => links.Resolve(address, isImage, cell));
            if (cell.IsMarkdown)
                body.Append(markdown.Html(cell.Source));
            else if (cell.IsCode)
                body.Append(options.WithCode ? CodeCell.Html(cell, code[next]) : "").Append(new OutputHtml(files, markdown, figures).Html(cell));
            next += cell.IsCode ? 1 : 0;
        }

        var equations = new EquationNumbers(number);
        var html = equations.Number(InlinePictures.In(StaticMarkup.Of(body.ToString()), files));
        if (RemoteContent.In(html) is { Count: > 0 } remote)
            log($"{Path.GetFileName(path)}: the paper loads from the network: {string.Join(", ", remote)}");
        return new PaperChapter(number, path, notebook, lead, html, headings.All, figures.Count, equations.Count);
    }
}
