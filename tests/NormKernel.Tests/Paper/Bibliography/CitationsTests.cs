using NormKernel.Notebooks;
using NormKernel.Paper.Bibliography;
using NormKernel.Tests.Site;

namespace NormKernel.Tests.Paper.Bibliography;

public sealed class CitationsTests : IDisposable
{
    private const string Bibliography = """
        @misc{first, title = {First}, eprint = {1111.11111v2}}
        @misc{second, title = {Second}, doi = {10.1/second}, url = {https://example.org/second}}
        @misc{third, title = {Third}, url = {https://example.org/third}}
        """;

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Citations Read(params string[] texts)
    {
        var notebooks = texts.Select((text, index) => new SampleNotebook().Markdown("# T").Markdown(text)
            .WriteTo(folder, $"{(char)('a' + index)}.ipynb")).Select(path => (path, Notebook.Load(path))).ToList();
        return Citations.Read(notebooks);
    }

    [Fact]
    public void Sources_are_numbered_in_the_order_of_their_first_citation()
    {
        folder.Write("references.bib", Bibliography);

        var citations = Read("[2](https://doi.org/10.1/SECOND) and <https://example.org/second>, `[no](https://example.org/x)`", "![p](https://example.org/picture.png) [1](https://arxiv.org/abs/1111.11111v2)");

        Assert.Equal(["second", "first"], citations.Cited.Select(entry => entry.Key));
        Assert.Equal(1, citations.NumberOf("https://example.org/second#part"));
        Assert.Equal(2, citations.NumberOf("https://arxiv.org/pdf/1111.11111v2"));
        Assert.Null(citations.NumberOf("https://example.org/third"));
        Assert.Equal("references.bib, line 3: no notebook cites third", Assert.Single(citations.Unused));
    }

    [Fact]
    public void Every_missing_source_is_named_with_its_notebook_and_the_entry_that_it_needs()
    {
        folder.Write("references.bib", Bibliography);

        var error = Assert.Throws<BibliographyException>(() => Read("[v1](https://arxiv.org/abs/1111.11111v1)", "[d](https://doi.org/10.5/x), [p](https://example.org/p)"));

        Assert.Equal(
            [
                "a.ipynb cites [v1](https://arxiv.org/abs/1111.11111v1), which is not in references.bib: add an entry with eprint = {1111.11111v1}; first is another version of it, 1111.11111v2",
                "b.ipynb cites [d](https://doi.org/10.5/x), which is not in references.bib: add an entry with doi = {10.5/x}",
                "b.ipynb cites [p](https://example.org/p), which is not in references.bib: add an entry with url = {https://example.org/p}",
            ],
            error.Message.Split('\n'));
    }

    [Fact]
    public void A_part_of_the_collection_leaves_sources_without_citation_and_that_is_not_said()
    {
        folder.Write("references.bib", Bibliography);
        new SampleNotebook().Markdown("# Other").WriteTo(folder, "z.ipynb");

        Assert.Empty(Read("[1](https://arxiv.org/abs/1111.11111v2)").Unused);
    }

    [Fact]
    public void Without_a_bibliography_links_are_only_links()
    {
        var citations = Read("[1](https://arxiv.org/abs/1111.11111v2)");

        Assert.Empty(citations.Cited);
        Assert.Null(citations.NumberOf("https://arxiv.org/abs/1111.11111v2"));
    }

    [Fact]
    public void The_collection_cites_only_what_its_bibliography_holds_and_all_of_it()
    {
        var notebooks = Path.Combine(Repository.FindRoot(AppContext.BaseDirectory)!, "notebooks");
        var paths = Directory.GetFiles(notebooks, "*.ipynb").Order(StringComparer.Ordinal);

        Assert.Empty(Citations.Read([.. paths.Select(path => (path, Notebook.Load(path)))]).Unused);
    }
}
