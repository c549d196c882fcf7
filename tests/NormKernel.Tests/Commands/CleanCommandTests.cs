using NormKernel.Commands;

namespace NormKernel.Tests.Commands;

public sealed class CleanCommandTests : IDisposable
{
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact]
    public async Task Outputs_and_counts_go_and_a_clean_notebook_stays_untouched()
    {
        workplace.AddNotebook("a.ipynb", "print a", "result 2");
        await workplace.Run("run");

        Assert.Equal(ExitCode.Success, await workplace.Run("clean"));
        Assert.Equal(ExitCode.Success, await workplace.Run("clean"));

        Assert.All(workplace.Load("a.ipynb").Cells, cell => Assert.Empty(cell.Outputs));
        Assert.All(workplace.Load("a.ipynb").Cells, cell => Assert.Null(cell.ExecutionCount));
        Assert.Contains("a.ipynb: cleaned", workplace.Output, StringComparison.Ordinal);
        Assert.Contains("a.ipynb: was clean", workplace.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_notebook_is_named_and_others_are_cleaned()
    {
        workplace.AddNotebook("b.ipynb", "print b");
        await workplace.Run("run");
        File.WriteAllText(workplace["notebooks", "a.ipynb"], "[]");

        Assert.Equal(ExitCode.Failure, await workplace.Run("clean"));

        Assert.Contains("a.ipynb: is JSON, but not an object", workplace.Output, StringComparison.Ordinal);
        Assert.Null(workplace.Load("b.ipynb").Cells[0].ExecutionCount);
    }
}
