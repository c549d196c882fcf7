using NormKernel.Commands;
using NormKernel.Notebooks;
using NormKernel.Paper;
using NormKernel.Tests.Site;

namespace NormKernel.Tests.Commands;

public sealed class ExportCommandTests : IDisposable
{
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact]
    public async Task The_site_is_made_of_the_notebooks_as_they_are()
    {
        workplace.AddNotebook("a.ipynb", "print a");

        Assert.Equal(ExitCode.Success, await workplace.Run("export", "-o", "elsewhere"));

        Assert.Equal(["a.ipynb"], Assert.Single(workplace.Sites));
        Assert.Null(workplace.Load("a.ipynb").Cells[0].ExecutionCount);
        Assert.Contains($"site: {workplace["elsewhere", "index.html"]}", workplace.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_notebook_is_named_and_left_out()
    {
        workplace.AddNotebook("b.ipynb", "print b");
        File.WriteAllText(workplace["notebooks", "a.ipynb"], "");

        Assert.Equal(ExitCode.Failure, await workplace.Run("export"));

        Assert.Contains("a.ipynb: is empty", workplace.Output, StringComparison.Ordinal);
        Assert.Equal(["b.ipynb"], Assert.Single(workplace.Sites));
    }

    [Fact]
    public async Task A_claim_without_a_record_is_named_and_fails_the_export()
    {
        var notebook = new SampleNotebook().Code("Judge(\"AB01-zero\"); Judge(\"AB01-one\");", SampleNotebook.Claim("AB01-zero", 0, 1)).Build();
        NotebookWriter.Write(notebook, workplace["notebooks", "01-a.ipynb"]);

        Assert.Equal(ExitCode.Failure, await workplace.Run("export"));

        Assert.Contains("NO RECORD     of AB01-one, named in 01-a.ipynb: run the notebook", workplace.Output, StringComparison.Ordinal);
        Assert.Single(workplace.Sites);
    }

    [Fact]
    public async Task A_paper_is_made_instead_of_a_site_where_one_is_asked_for()
    {
        workplace.AddNotebook("a.ipynb", "print a");

        Assert.Equal(ExitCode.Success, await workplace.Run("export", "--paper", "--no-code", "--authors", "A. Noether"));

        var (names, target, options) = Assert.Single(workplace.Papers);
        Assert.Equal(["a.ipynb"], names);
        Assert.Equal(workplace["artifacts", "paper"], target);
        Assert.Equal(new PaperOptions(WithCode: false, "A. Noether"), options);
        Assert.Empty(workplace.Sites);
        Assert.Contains($"paper: {workplace["artifacts", "paper", "paper.html"]}", workplace.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_of_a_paper_needs_one()
    {
        workplace.AddNotebook("a.ipynb", "print a");

        Assert.Equal(ExitCode.Usage, await workplace.Run("export", "--no-code"));

        Assert.Contains("give --paper with them", workplace.Error, StringComparison.Ordinal);
        Assert.Empty(workplace.Sites);
    }

    [Fact]
    public async Task No_paper_is_made_without_a_chapter_that_cannot_be_read()
    {
        workplace.AddNotebook("b.ipynb", "print b");
        File.WriteAllText(workplace["notebooks", "a.ipynb"], "");

        Assert.Equal(ExitCode.Failure, await workplace.Run("export", "--paper"));

        Assert.Contains("a.ipynb: is empty", workplace.Output, StringComparison.Ordinal);
        Assert.Empty(workplace.Papers);
    }

    [Theory]
    [InlineData("export")]
    [InlineData("run")]
    public async Task A_citation_that_the_bibliography_lacks_fails_the_site(string command)
    {
        Cite("https://arxiv.org/abs/1502.03167v3");
        File.WriteAllText(workplace["notebooks", "references.bib"], "@misc{a, title = {Another}, eprint = {1234.56789v1}}");

        Assert.Equal(ExitCode.Failure, await workplace.Run(command));

        var said = workplace.Output + workplace.Error;
        Assert.Contains("a.ipynb cites [the paper](https://arxiv.org/abs/1502.03167v3), which is not in references.bib", said, StringComparison.Ordinal);
        Assert.Contains("eprint = {1502.03167v3}", said, StringComparison.Ordinal);
        Assert.Empty(workplace.Sites);
    }

    [Fact]
    public async Task A_source_that_nobody_cites_is_said_and_fails_nothing()
    {
        Cite("https://arxiv.org/abs/1502.03167v3");
        File.WriteAllText(workplace["notebooks", "references.bib"], "@misc{a, title = {A}, eprint = {1502.03167v3}}\n@misc{b, title = {B}, doi = {10.1/b}}");

        Assert.Equal(ExitCode.Success, await workplace.Run("export"));

        Assert.Contains("references.bib, line 2: no notebook cites b", workplace.Output, StringComparison.Ordinal);
        Assert.Single(workplace.Sites);
    }

    private void Cite(string address) =>
        File.WriteAllText(workplace["notebooks", "a.ipynb"], new SampleNotebook().Markdown($"# T\n\nSee [the paper]({address}).").Build().Json.ToJsonString());
}
