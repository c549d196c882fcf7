using NormKernel.Commands;
using NormKernel.Notebooks;

namespace NormKernel.Tests.Commands;

public sealed class RunCommandTests : IDisposable
{
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact]
    public async Task All_notebooks_run_are_written_drawn_and_exported()
    {
        workplace.AddNotebook("b.ipynb", "print b", "passes fine");
        workplace.AddNotebook("a.ipynb", "print a");

        Assert.Equal(ExitCode.Success, await workplace.Run("run"));

        Assert.Equal(1, workplace.Load("a.ipynb").Cells[0].ExecutionCount);
        Assert.Equal([1, 2], workplace.Load("b.ipynb").Cells.Select(cell => cell.ExecutionCount));
        Assert.Equal(2, workplace.ChartsDrawn);
        Assert.Equal(["a.ipynb", "b.ipynb"], Assert.Single(workplace.Sites));
        Assert.Equal([workplace.Root], workplace.BuiltRoots);
        Assert.Contains($"site: {workplace["artifacts", "site", "index.html"]}", workplace.Output, StringComparison.Ordinal);
        Assert.Matches(@"notebooks.b\.ipynb +2/2 +1/1 +\d+\.\d +passed", workplace.Output);
    }

    [Fact]
    public async Task The_log_has_no_control_characters()
    {
        workplace.AddNotebook("a.ipynb", "print a", "breaks it", "fail [bold]no[/]");

        await workplace.Run("run");

        Assert.DoesNotContain(workplace.Output, character => char.IsControl(character) && character is not ('\n' or '\r'));
    }

    [Fact]
    public async Task A_second_run_leaves_the_files_untouched()
    {
        var path = workplace.AddNotebook("a.ipynb", "print a", "result 1");
        await workplace.Run("run");
        var longAgo = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, longAgo);

        await workplace.Run("run");

        Assert.Equal(longAgo, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public async Task A_failing_cell_is_shown_with_its_error_and_other_notebooks_go_on()
    {
        workplace.AddNotebook("a.ipynb", "print a", "fail no such thing");
        workplace.AddNotebook("b.ipynb", "print b");

        Assert.Equal(ExitCode.Failure, await workplace.Run("run"));

        Assert.Contains($"FAILED        {Path.Combine("notebooks", "a.ipynb")}, cell 2", workplace.Output, StringComparison.Ordinal);
        Assert.Contains("System.Exception: no such thing", workplace.Output, StringComparison.Ordinal);
        Assert.Contains("at cell 2, line 1", workplace.Output, StringComparison.Ordinal);
        Assert.Equal("error", workplace.Load("a.ipynb").Cells[1].Outputs[0]!["output_type"]!.GetValue<string>());
        Assert.Equal(1, workplace.Load("b.ipynb").Cells[0].ExecutionCount);
    }

    [Fact]
    public async Task A_failed_check_is_named_and_fails_the_run()
    {
        workplace.AddNotebook("a.ipynb", "print a", "breaks mean is zero", "print after");

        Assert.Equal(ExitCode.Failure, await workplace.Run("run"));

        Assert.Contains($"{Path.Combine("notebooks", "a.ipynb")}, cell 2: mean is zero: about mean is zero", workplace.Output, StringComparison.Ordinal);
        Assert.Matches(@"a\.ipynb +3/3 +0/1 +\d+\.\d +checks failed", workplace.Output);
    }

    [Fact]
    public async Task An_invalid_notebook_is_named_and_others_go_on()
    {
        File.WriteAllText(workplace["notebooks", "a.ipynb"], "{}");
        workplace.AddNotebook("b.ipynb", "print b");

        Assert.Equal(ExitCode.Failure, await workplace.Run("run"));

        Assert.Contains("a.ipynb: does not say which nbformat it is", workplace.Output, StringComparison.Ordinal);
        Assert.Equal("{}", File.ReadAllText(workplace["notebooks", "a.ipynb"]));
        Assert.Equal(1, workplace.Load("b.ipynb").Cells[0].ExecutionCount);
        Assert.Equal(["b.ipynb"], Assert.Single(workplace.Sites));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_fails_the_run_and_stays_as_it_was()
    {
        var path = workplace.AddNotebook("a.ipynb", "print a");
        var before = File.ReadAllBytes(path);
        File.SetAttributes(path, FileAttributes.ReadOnly);

        Assert.Equal(ExitCode.Failure, await workplace.Run("run"));

        Assert.Contains($"could not write {path}", workplace.Output, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
        File.SetAttributes(path, FileAttributes.Normal);
    }

    [Fact]
    public async Task An_interruption_writes_what_ran_and_exits_with_130()
    {
        workplace.AddNotebook("a.ipynb", "print a", "print partial\nhang", "print c");
        workplace.AddNotebook("b.ipynb", "print b");
        using var interruption = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        Assert.Equal(ExitCode.Interrupted, await workplace.RunInterruptibly(["run"], interruption.Token));

        var notebook = workplace.Load("a.ipynb");
        Assert.Equal([1, 2, null], notebook.Cells.Select(cell => cell.ExecutionCount));
        Assert.Equal("partial\n", MultilineText.Join(notebook.Cells[1].Outputs[0]!["text"]));
        Assert.Null(workplace.Load("b.ipynb").Cells[0].ExecutionCount);
        Assert.Empty(workplace.Sites);
        Assert.Contains("interrupted", workplace.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Site_and_pictures_can_be_left_out()
    {
        workplace.AddNotebook("a.ipynb", "print a");

        Assert.Equal(ExitCode.Success, await workplace.Run("run", "--no-site", "--no-pictures"));

        Assert.Empty(workplace.Sites);
        Assert.Equal(0, workplace.ChartsDrawn);
    }

    [Fact]
    public async Task The_profile_reaches_the_cells()
    {
        workplace.AddNotebook("a.ipynb", "environment NORM_PROFILE");

        await workplace.Run("run", "--profile", "fast");

        Assert.Equal("fast\n", MultilineText.Join(workplace.Load("a.ipynb").Cells[0].Outputs[0]!["text"]));
    }

    [Fact]
    public async Task A_run_of_one_notebook_still_makes_the_site_of_all()
    {
        workplace.AddNotebook("a.ipynb", "print a");
        workplace.AddNotebook("b.ipynb", "print b");

        await workplace.Run("run", Path.Combine("notebooks", "b.ipynb"));

        Assert.Equal(["a.ipynb", "b.ipynb"], Assert.Single(workplace.Sites));
        Assert.Null(workplace.Load("a.ipynb").Cells[0].ExecutionCount);
    }

    [Fact]
    public async Task Libraries_that_do_not_build_stop_the_run_before_any_notebook()
    {
        workplace.AddNotebook("a.ipynb", "print a");
        workplace.BuildLibraries = _ => throw new IOException("lib/Foo/Foo.cs(3,4): error CS1002: ; expected");

        Assert.Equal(ExitCode.Failure, await workplace.Run("run"));

        Assert.Contains("CS1002", workplace.Error, StringComparison.Ordinal);
        Assert.Null(workplace.Load("a.ipynb").Cells[0].ExecutionCount);
    }

    [Fact]
    public async Task Times_are_kept_for_the_next_run()
    {
        workplace.AddNotebook("a.ipynb", "print a");

        await workplace.Run("run");

        Assert.Contains("cell-1", File.ReadAllText(workplace["artifacts", "run-times.json"]), StringComparison.Ordinal);
    }
}
