using NormKernel.Site.Text;

namespace NormKernel.Site.Pages;

/// <summary>The page of each notebook, by the notebook's full path.</summary>
internal static class PageNames
{
    public static IReadOnlyDictionary<string, string> For(IReadOnlyList<string> notebookPaths)
    {
        if (notebookPaths.Count == 0)
            throw new ArgumentException("No notebook was given; a site needs at least one.", nameof(notebookPaths));

        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        var owners = new Dictionary<string, string>(StringComparer.Ordinal) { ["index.html"] = "the site's own index" };
        foreach (var path in notebookPaths)
        {
            var page = Headings.Slug(Path.GetFileNameWithoutExtension(path)) + ".html";
            if (!owners.TryAdd(page, path))
                throw new ArgumentException($"{path} and {owners[page]} would both be {page}. Pages are named after notebook files: rename one.", nameof(notebookPaths));
            pages.Add(Path.GetFullPath(path), page);
        }

        return pages;
    }
}
