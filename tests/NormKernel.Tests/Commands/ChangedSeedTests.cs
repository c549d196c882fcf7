using NormKernel.Commands;
using NormKernel.Tests.Notebooks;

namespace NormKernel.Tests.Commands;

public sealed class ChangedSeedTests : IDisposable
{
    private static readonly string[] Sources =
    [
        "var seed = 1;\nvar steps = 4;",
        "Enumerable.Range(0, steps).Select(step => (step, step * step))",
        "var random = new Random(seed);\nConsole.WriteLine($\"{steps} steps\");\nConsole.WriteLine(random.Next());\nConsole.WriteLine(\"done\");",
        "$\"drawn: {random.Next()}\"",
        "new { steps, last = random.Next() }",
        "\"the end\"",
    ];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_run_with_another_seed_changes_the_line_of_the_seed_and_the_outputs_that_depend_on_it_and_no_other_line()
    {
        var path = NotebookText.WriteFile(folder["a.ipynb"], Sources);
        var before = await LinesAfterRun(path);
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Replace("var seed = 1;", "var seed = 2;", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var after = await LinesAfterRun(path);

        Assert.Equal(before.Length, after.Length);
        var changed = before.Zip(after).Where(pair => pair.First != pair.Second).ToList();
        string[] expected = ["var seed = 2;", .. Drawn(seed: 2)];
        Assert.Equal(expected.Length, changed.Count);
        Assert.All(changed.Zip(expected), line => Assert.Contains(line.Second, line.First.Second, StringComparison.Ordinal));
    }

    private async Task<string[]> LinesAfterRun(string path)
    {
        using var program = new ProgramProcess(folder.Path, "run", path, "--no-site", "--no-pictures");
        var (exitCode, output) = await program.End(TestContext.Current.CancellationToken);
        Assert.True(exitCode == ExitCode.Success, output);
        return await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
    }

    private static string[] Drawn(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 3).Select(_ => $"{random.Next()}")];
    }
}
