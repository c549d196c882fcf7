using System.Text;

namespace NormKernel.Paper.Parts;

/// <summary>The table of contents. Page numbers are known once the paper is printed; until then their places are empty.</summary>
internal static class Contents
{
    public static string Html(IReadOnlyList<PaperChapter> chapters, IReadOnlyList<(string Id, string Title)> back)
    {
        var entries = new StringBuilder();
        foreach (var chapter in chapters)
        {
            entries.Append(Entry(1, chapter.Id, chapter.Headings.FirstOrDefault(heading => heading.Level == 1)?.Html ?? chapter.Lead.TitleHtml));
            foreach (var heading in chapter.Headings.Where(heading => heading.Level == 2))
                entries.Append(Entry(2, heading.Id, heading.Html));
        }

        foreach (var (id, title) in back)
            entries.Append(Entry(1, id, title));
        return $"""
            <nav class="contents" id="contents" aria-label="Contents">
            <h1>Contents</h1>
            <ol>
            {entries}</ol>
            </nav>

            """;
    }

    /// <summary>The contents with the page of each entry, where it is known.</summary>
    public static string WithPages(string html, IReadOnlyDictionary<string, int> pages)
    {
        foreach (var (id, page) in pages)
            html = html.Replace(Place(id, ""), Place(id, FormattableString.Invariant($"{page}")), StringComparison.Ordinal);
        return html;
    }

    private static string Entry(int level, string id, string html) =>
        FormattableString.Invariant($"<li class=\"level-{level}\"><a href=\"#{id}\"><span class=\"name\">{html}</span>{Place(id, "")}</a></li>\n");

    private static string Place(string id, string page) => $"<span class=\"page\" data-of=\"{id}\">{page}</span>";
}
