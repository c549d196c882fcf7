using NormKernel.Commands;

namespace NormKernel.Tests.Commands;

public sealed class PicturesCommandTests : IDisposable
{
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact]
    public async Task Pictures_are_completed_and_no_cell_is_run()
    {
        workplace.AddNotebook("a.ipynb", "print a");

        Assert.Equal(ExitCode.Success, await workplace.Run("pictures"));

        Assert.Equal(1, workplace.ChartsDrawn);
        Assert.Empty(workplace.Load("a.ipynb").Cells[0].Outputs);
        Assert.Empty(workplace.BuiltRoots);
        Assert.Contains("a.ipynb: was complete", workplace.Output, StringComparison.Ordinal);
    }
}
