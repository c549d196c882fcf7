using System.Diagnostics;
using NormKernel.Commands;
using NormKernel.Notebooks;
using NormKernel.Tests.Notebooks;

namespace NormKernel.Tests.Commands;

public sealed class ProgramProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Cells_run_as_CSharp_and_their_outputs_are_written()
    {
        var path = NotebookText.WriteFile(folder["a.ipynb"], "var x = 20;", "Console.WriteLine(\"héllo 😀\"); x + 1");

        var (exitCode, output) = await Run();

        Assert.True(exitCode == ExitCode.Success, output);
        var outputs = Notebook.Load(path).Cells[1].Outputs;
        Assert.Equal("héllo 😀\n", MultilineText.Join(outputs[0]!["text"]));
        Assert.Equal("21", MultilineText.Join(outputs[1]!["data"]!["text/plain"]));
    }

    [Fact]
    public async Task A_process_that_dies_fails_its_cell_and_other_notebooks_run()
    {
        var path = NotebookText.WriteFile(folder["a.ipynb"], "Console.WriteLine(\"before\");", "int Deeper(int depth) => Deeper(depth + 1) + 1; Deeper(0)", "3");
        NotebookText.WriteFile(folder["b.ipynb"], "1 + 1");

        var (exitCode, output) = await Run();

        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.Contains("stack overflow", output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("before\n", MultilineText.Join(Notebook.Load(path).Cells[0].Outputs[0]!["text"]));
        Assert.Contains(Notebook.Load(path).Cells[1].Outputs, cellOutput => cellOutput!["output_type"]!.GetValue<string>() == "error");
        Assert.Equal(1, Notebook.Load(folder["b.ipynb"]).Cells[0].ExecutionCount);
    }

    [Theory]
    [InlineData("INT", 2)]
    [InlineData("TERM", 15)]
    public async Task A_signal_ends_an_endless_loop_at_once_and_keeps_what_it_printed(string signal, int number)
    {
        Assert.SkipWhen(IsIgnoredHere(number), $"whoever started these tests ignores SIG{signal}, as a shell does for its background jobs, and every process they start inherits that");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no call that sends Ctrl-C to another process alone");
        var started = folder["started"];
        var path = NotebookText.WriteFile(
            folder["a.ipynb"], "Console.WriteLine(\"first\");", $"Console.WriteLine(\"partial\"); System.IO.File.WriteAllText(\"{started}\", \"\"); while (true) {{ }}", "3");
        using var program = new ProgramProcess(folder.Path, "run", folder.Path, "--no-site", "--no-pictures");
        await Until(() => File.Exists(started));
        await Task.Delay(300, TestContext.Current.CancellationToken);

        var clock = Stopwatch.StartNew();
        program.Signal(signal);
        var (exitCode, output) = await program.End(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 2);
        Assert.Equal(ExitCode.Interrupted, exitCode);
        Assert.Contains("interrupted", output, StringComparison.Ordinal);
        var cells = Notebook.Load(path).Cells;
        Assert.Equal([1, 2, null], cells.Select(cell => cell.ExecutionCount));
        Assert.Equal("partial\n", MultilineText.Join(cells[1].Outputs[0]!["text"]));
        Assert.Equal("Interrupted", cells[1].Outputs[1]!["ename"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_profile_reaches_the_process_that_runs_the_cells()
    {
        var path = NotebookText.WriteFile(folder["a.ipynb"], "Environment.GetEnvironmentVariable(\"NORM_PROFILE\")");

        var (exitCode, output) = await Run("--profile", "fast");

        Assert.True(exitCode == ExitCode.Success, output);
        Assert.Contains("fast", MultilineText.Join(Notebook.Load(path).Cells[0].Outputs[0]!["data"]!["text/plain"]), StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output)> Run(params string[] options)
    {
        using var program = new ProgramProcess(folder.Path, ["run", folder.Path, "--no-site", "--no-pictures", .. options]);
        return await program.End(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private static bool IsIgnoredHere(int signal)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        var ignored = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim();
        return (Convert.ToUInt64(ignored, 16) >> (signal - 1) & 1) == 1;
    }

    private static async Task Until(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Patience, "the notebook's cell did not start");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
