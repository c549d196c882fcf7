namespace Polyglot.Tests;

/// <summary>Every notebook runs unchanged in the C# kernel of .NET Interactive, and shows what it shows here.</summary>
public class NotebookTests
{
    public static TheoryData<string> Names => [.. Directory.GetFiles(Checkout.Notebooks, "*.ipynb").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_notebook_runs_from_its_first_cell_to_its_last(string name)
    {
        Assert.SkipUnless(Checkout.IsPacked, "packages/ holds no NormLab: run `dotnet run -c Release --project environment/NormKernel -- pack` first");
        var path = Path.Combine(Checkout.Notebooks, name);
        // Imports are relative to the folder that the process is in, which the front ends make the notebook's.
        Directory.SetCurrentDirectory(Checkout.Notebooks);
        var cells = await InteractiveSession.CodeCells(path);
        var committed = CommittedCells.ValuesShown(path);
        Assert.Equal(committed.Count, cells.Count);

        using var session = new InteractiveSession();
        for (var index = 0; index < cells.Count; index++)
        {
            var result = await session.Run(cells[index].Contents, TestContext.Current.CancellationToken);

            Assert.True(result.Failure is null, $"{name}, code cell {index + 1}: {result.Failure}\n{cells[index].Contents}");
            // The import shows what was installed, which is no output of the notebook.
            if (index > 0)
                Assert.Equal(committed[index], result.Shown.Count);
        }
    }

    [Fact]
    public async Task A_chart_is_shown_as_a_page_that_draws_itself()
    {
        Assert.SkipUnless(Checkout.IsPacked, "packages/ holds no NormLab: run `dotnet run -c Release --project environment/NormKernel -- pack` first");
        Directory.SetCurrentDirectory(Checkout.Notebooks);
        using var session = new InteractiveSession();
        foreach (var code in new[] { "#!import ../environment/setup.ipynb", ChartCode })
            Assert.Null((await session.Run(code, TestContext.Current.CancellationToken)).Failure);

        var shown = Assert.Single((await session.Run("chart", TestContext.Current.CancellationToken)).Shown);

        Assert.Contains("text/html", shown.FormattedValues.Select(value => value.MimeType));
    }

    private const string ChartCode = """
        var chart = new Plot("A parabola", "x", "y").Line("y = x²", new[] { 0.0, 1, 2 }, new[] { 0.0, 1, 4 });
        """;
}
