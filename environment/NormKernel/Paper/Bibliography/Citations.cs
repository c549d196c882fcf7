using NormKernel.Notebooks;

namespace NormKernel.Paper.Bibliography;

/// <summary>Who cites what: the links of notebooks against the bibliography beside them.</summary>
public sealed class Citations
{
    /// <summary>The bibliography's name in the folder of the notebooks. Without the file, links are only links.</summary>
    public const string FileName = "references.bib";

    private readonly List<BibEntry> cited = [];
    private readonly List<string> missing = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    private Citations() { }

    /// <summary>The sources that are cited, in the order of their first citation: the first is number 1.</summary>
    public IReadOnlyList<BibEntry> Cited => cited;

    /// <summary>The entries of a bibliography that no notebook of its folder cites; empty unless all of them were read.</summary>
    public IReadOnlyList<string> Unused { get; private set; } = [];

    /// <summary>Reads the citations of notebooks, in their order.</summary>
    /// <param name="notebooks">Each with the path of its file.</param>
    /// <exception cref="BibliographyException">A citation has no entry, or a bibliography cannot be read.</exception>
    public static Citations Read(IReadOnlyList<(string Path, Notebook Notebook)> notebooks)
    {
        var citations = new Citations();
        var unused = new List<string>();
        foreach (var folder in notebooks.GroupBy(notebook => Path.GetDirectoryName(Path.GetFullPath(notebook.Path))!))
        {
            var file = Path.Combine(folder.Key, FileName);
            if (!File.Exists(file))
                continue;
            var entries = BibReader.Read(file);
            foreach (var (path, notebook) in folder)
                citations.Add(Path.GetFileName(path), CitedLink.In(notebook), entries);
            if (folder.Count() == NotebookFiles.Find([folder.Key], folder.Key).Count)
                unused.AddRange(entries.Except(citations.cited).Select(entry => $"{FileName}, line {entry.Line}: no notebook cites {entry.Key}"));
        }

        citations.Unused = unused;
        return citations.missing.Count == 0 ? citations : throw new BibliographyException(string.Join('\n', citations.missing));
    }

    /// <summary>The number of the source that a link leads to; null where it leads to none of the bibliography.</summary>
    public int? NumberOf(string link) =>
        SourceAddress.Of(link) is { } source && numbers.TryGetValue(source, out var number) ? number : null;

    private void Add(string notebook, IEnumerable<CitedLink> links, IReadOnlyList<BibEntry> entries)
    {
        foreach (var link in links.DistinctBy(link => link.Source).Where(link => !numbers.ContainsKey(link.Source)))
        {
            if (entries.FirstOrDefault(entry => SourceAddress.Of(entry).Contains(link.Source)) is not { } entry)
            {
                missing.Add(Missing(notebook, link, entries));
                continue;
            }

            cited.Add(entry);
            foreach (var name in SourceAddress.Of(entry))
                numbers[name] = cited.Count;
        }
    }

    private static string Missing(string notebook, CitedLink link, IReadOnlyList<BibEntry> entries)
    {
        var work = SourceAddress.WithoutVersion(link.Source);
        var other = entries.FirstOrDefault(entry => SourceAddress.Of(entry).Any(name => SourceAddress.WithoutVersion(name) == work));
        var (field, value) = link.Source.Split(':', 2) switch
        {
            ["arXiv", var id] => ("eprint", id),
            ["doi", var id] => ("doi", id),
            _ => ("url", link.Url),
        };
        var hint = other is null ? "" : $"; {other.Key} is another version of it, {other.Text("eprint")}";
        return $"{notebook} cites [{link.Text}]({link.Url}), which is not in {FileName}: add an entry with {field} = {{{value}}}{hint}";
    }
}
