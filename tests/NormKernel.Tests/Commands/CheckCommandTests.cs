using NormKernel.Commands;
using NormKernel.Notebooks;
using NormKernel.Portability.Code;

namespace NormKernel.Tests.Commands;

public sealed class CheckCommandTests : IDisposable
{
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact]
    public async Task What_is_found_is_named_with_file_cell_line_reason_and_fix()
    {
        AddComplete("a.ipynb", ImportRule.Line, "var x = 1;\ndisplay(x)");

        Assert.Equal(ExitCode.Failure, await workplace.Run("check"));

        Assert.Contains(Path.Combine("notebooks", "a.ipynb") + ", cell 2, line 2: the call display(…)", workplace.Output, StringComparison.Ordinal);
        Assert.Contains("why: ", workplace.Output, StringComparison.Ordinal);
        Assert.Contains("fix: ", workplace.Output, StringComparison.Ordinal);
        Assert.Contains("1 notebook(s) checked: 1 finding(s)", workplace.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_paths_the_set_up_is_checked_too_and_nothing_found_is_success()
    {
        AddComplete("a.ipynb", ImportRule.Line, "1 + 1");
        Directory.CreateDirectory(workplace["environment"]);
        File.Copy(AddComplete("a.ipynb", ImportRule.Line), workplace["environment", "setup.ipynb"]);

        Assert.Equal(ExitCode.Failure, await workplace.Run("check"));
        Assert.Contains(Path.Combine("environment", "setup.ipynb") + ", cell 1", workplace.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, await workplace.Run("check", "notebooks"));
    }

    [Fact]
    public async Task A_file_that_is_no_notebook_fails_the_check_and_the_others_are_checked()
    {
        AddComplete("b.ipynb", ImportRule.Line);
        File.WriteAllText(workplace["notebooks", "a.ipynb"], "[]");

        Assert.Equal(ExitCode.Failure, await workplace.Run("check"));

        Assert.Contains("a.ipynb: is JSON, but not an object", workplace.Output, StringComparison.Ordinal);
        Assert.Contains("1 notebook(s) checked: nothing found", workplace.Output, StringComparison.Ordinal);
    }

    private string AddComplete(string name, params string[] sources)
    {
        var path = workplace.AddNotebook(name, sources);
        var notebook = Notebook.Load(path);
        NotebookMetadata.Complete(notebook);
        NotebookWriter.Write(notebook, path);
        return path;
    }
}
