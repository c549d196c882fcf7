using System.Globalization;
using System.Text;
using NormKernel.Notebooks;
using NormKernel.Paper.Bibliography;
using NormKernel.Paper.Printing;
using NormKernel.Site;
using NormKernel.Site.Assets;
using NormKernel.Site.Pictures;

namespace NormKernel.Paper;

/// <summary>Exports notebooks as one document: paper.html, which loads nothing, and paper.pdf where a browser is at hand to print it.</summary>
public static class PaperBuilder
{
    public const string HtmlName = "paper.html", PdfName = "paper.pdf";

    /// <summary>Writes the paper into <paramref name="outputFolder"/>; chapters are in the order of the paths.</summary>
    /// <exception cref="BibliographyException">A citation is not in the bibliography beside its notebook.</exception>
    /// <exception cref="IOException">A file could not be written.</exception>
    public static Task Build(IReadOnlyList<string> paths, string outputFolder, PaperOptions options, Action<string> log, CancellationToken cancellation = default)
    {
        var repository = paths.Count == 0 ? null : Repository.FindRoot(Path.GetDirectoryName(Path.GetFullPath(paths[0]))!);
        return Build(paths, outputFolder, options, repository, KatexSource.Default(repository), Chromium.Find(), log, cancellation);
    }

    internal static async Task Build(
        IReadOnlyList<string> paths, string outputFolder, PaperOptions options, string? repository, KatexSource katexSource, Chromium? browser, Action<string> log, CancellationToken cancellation)
    {
        var notebooks = paths.Select(path => (Path.GetFullPath(path), Notebook.Load(path))).ToList();
        var citations = Citations.Read(notebooks);
        foreach (var unused in citations.Unused)
            log(unused);
        var chapters = await Chapters(notebooks, options, browser, log, cancellation);
        var katex = InlineKatex.From(await katexSource.Find(_ => { }, cancellation));
        if (katex is null)
            log($"KaTeX {KatexRelease.Version} is not installed and could not be downloaded: the formulas of the paper show as source.");

        var html = PaperDocument.Html(SiteBuilder.Intro(repository), options, chapters, citations, katex);
        Directory.CreateDirectory(outputFolder);
        var content = Encoding.UTF8.GetBytes(html);
        AtomicFile.Write(Path.Combine(outputFolder, HtmlName), stream => stream.Write(content));
        log(string.Create(CultureInfo.InvariantCulture, $"{HtmlName}: {chapters.Count} chapters, {citations.Cited.Count} references, {content.Length / 1e6:F1} MB"));
        await Print(html, Path.Combine(outputFolder, PdfName), browser, log, cancellation);
    }

    private static async Task<List<PaperChapter>> Chapters(
        IReadOnlyList<(string Path, Notebook Notebook)> notebooks, PaperOptions options, Chromium? browser, Action<string> log, CancellationToken cancellation)
    {
        var names = notebooks.Select((notebook, index) => (notebook.Path, Name: FormattableString.Invariant($"chapter-{index + 1}"))).ToDictionary(pair => pair.Path, pair => pair.Name);
        var chapters = new List<PaperChapter>();
        foreach (var (path, notebook) in notebooks)
        {
            foreach (var missing in browser is null ? [] : await ChartPictures.AddDrawings(notebook, browser, cancellation))
                log($"{Path.GetFileName(path)}: {missing}");
            chapters.Add(await PaperChapterReader.Read(chapters.Count + 1, path, notebook, names, options, log, cancellation));
        }

        return chapters;
    }

    /// <summary>The HTML is the paper; a PDF that cannot be printed is said to be missing, and an earlier one does not stay beside newer text.</summary>
    private static async Task Print(string html, string target, Chromium? browser, Action<string> log, CancellationToken cancellation)
    {
        File.Delete(target);
        if (browser is null)
        {
            log($"{PdfName} was left out: no Chromium, Chrome or Edge was found. Install one, or name it in {Chromium.OverrideVariable}; or print {HtmlName} from any browser.");
            return;
        }

        try
        {
            var pages = await PaperPrinter.Print(html, target, browser, cancellation);
            log(pages == 0 ? PdfName : string.Create(CultureInfo.InvariantCulture, $"{PdfName}: {pages} pages"));
        }
        catch (Exception problem) when (problem is IOException or TimeoutException)
        {
            log($"{PdfName} was left out: {problem.Message}");
        }
    }
}
