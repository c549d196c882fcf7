using NormKernel.Commands;
using NormKernel.Notebooks;
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
}
