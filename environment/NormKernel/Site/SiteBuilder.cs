using System.Text;
using NormKernel.Claims;
using NormKernel.Site.Assets;
using NormKernel.Site.Pages;
using NormKernel.Site.Scoreboard;
using NormKernel.Site.Text;

namespace NormKernel.Site;

/// <summary>Exports notebooks as a static site: one page each, an index, and shared assets. Works from a folder, without a server or the network.</summary>
public static class SiteBuilder
{
    /// <summary>Builds the site into <paramref name="outputFolder"/>, replacing an earlier one; pages are in the order of the paths.</summary>
    /// <exception cref="ArgumentException">No notebook, or two whose pages would have the same name.</exception>
    /// <exception cref="IOException"><paramref name="outputFolder"/> holds something else than a site.</exception>
    public static Task Build(IReadOnlyList<string> notebookPaths, string outputFolder, Action<string> log, CancellationToken cancellation = default)
    {
        var repository = notebookPaths.Count == 0 ? null : Repository.FindRoot(Path.GetDirectoryName(Path.GetFullPath(notebookPaths[0]))!);
        return Build(notebookPaths, outputFolder, repository, KatexSource.Default(repository), log, cancellation);
    }

    internal static async Task Build(
        IReadOnlyList<string> notebookPaths, string outputFolder, string? repository, KatexSource katex, Action<string> log, CancellationToken cancellation)
    {
        var pages = PageNames.For(notebookPaths);
        var chapters = new List<Chapter>();
        foreach (var path in notebookPaths)
            chapters.Add(await ChapterReader.Read(path, Path.GetFileNameWithoutExtension(pages[Path.GetFullPath(path)]), pages, log, cancellation));

        var intro = Intro(repository);
        var formulas = await katex.Find(log, cancellation);
        var files = Files(new PageFrame(intro.Title, formulas), intro, chapters);
        SiteFolder.Replace(outputFolder, files);
        log($"{chapters.Count} {(chapters.Count == 1 ? "page" : "pages")} and an index in {outputFolder}");
    }

    /// <summary>Every file of the site by its path.</summary>
    private static Dictionary<string, byte[]> Files(PageFrame frame, Lead intro, List<Chapter> chapters)
    {
        var missing = MissingClaim.Among([.. chapters.Select(chapter => chapter.Claims)]);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["index.html"] = Encoding.UTF8.GetBytes(IndexPage.Html(frame, intro, chapters, ScoreboardHtml.Of(chapters, missing))) };
        for (var index = 0; index < chapters.Count; index++)
        {
            var page = ChapterPage.Html(frame, chapters[index], chapters.ElementAtOrDefault(index - 1), chapters.ElementAtOrDefault(index + 1));
            files[chapters[index].FileName] = Encoding.UTF8.GetBytes(page);
            foreach (var (path, content) in chapters[index].Files.All)
                files[path] = content;
        }

        files["assets/search-index.js"] = Encoding.UTF8.GetBytes(SearchIndex.Script(chapters));
        foreach (var (name, content) in OwnAssets.All())
            files[$"assets/{name}"] = content;
        foreach (var (name, content) in ClaimsFile.All(chapters, missing))
            files[name] = content;
        foreach (var (path, content) in frame.Katex.Files)
            files[path] = content;
        if (chapters.Any(chapter => chapter.HasCharts))
            files["assets/plotly.min.js"] = PlotlyScript.Read();
        return files;
    }

    /// <summary>What the repository's README says first.</summary>
    internal static Lead Intro(string? repository)
    {
        var readme = repository is null ? null : Path.Combine(repository, "README.md");
        return (readme is not null && File.Exists(readme) ? Lead.Read(File.ReadAllText(readme)) : null) ?? new Lead("Notebooks", "Notebooks", "");
    }
}
