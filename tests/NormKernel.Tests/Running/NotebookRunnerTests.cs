using NormKernel.Notebooks;
using NormKernel.Running;
using NormKernel.Tests.Notebooks;

namespace NormKernel.Tests.Running;

public class NotebookRunnerTests
{
    private readonly List<FakeExecutor> executors = [];

    [Fact]
    public async Task Cells_run_in_order_with_counts_from_one_and_empty_ones_are_passed_over()
    {
        var notebook = NotebookText.Of("print a", "  ", "result b");

        var run = await Run(notebook, TestContext.Current.CancellationToken);

        Assert.True(run.Passed);
        Assert.Equal((2, 2), (run.Cells, run.CellRuns.Count));
        Assert.Equal([1, null, 2], notebook.Cells.Select(cell => cell.ExecutionCount));
        Assert.Equal("a\n", TextOf(notebook, 0));
    }

    [Fact]
    public async Task Cells_run_in_the_folder_of_their_notebook_in_a_process_that_is_ended()
    {
        await Run(NotebookText.Of("print a"), TestContext.Current.CancellationToken);

        var executor = Assert.Single(executors);
        Assert.Equal(Path.GetFullPath("folder"), executor.Folder);
        Assert.True(executor.IsDisposed);
    }

    [Fact]
    public async Task A_failing_cell_stops_the_notebook_keeps_what_ran_and_empties_what_did_not()
    {
        var notebook = NotebookText.Of("print a", "print b\nfail no such thing", "print c");
        notebook.Cells[2].Outputs = [new System.Text.Json.Nodes.JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "old" }];
        notebook.Cells[2].ExecutionCount = 3;

        var run = await Run(notebook, TestContext.Current.CancellationToken);

        Assert.False(run.Passed);
        Assert.Equal(2, run.Failure!.Cell);
        Assert.Equal("System.Exception: no such thing", run.Failure.Message);
        Assert.Equal("a\n", TextOf(notebook, 0));
        Assert.Equal(["stream", "error"], notebook.Cells[1].Outputs.Select(output => output!["output_type"]!.GetValue<string>()));
        Assert.Empty(notebook.Cells[2].Outputs);
        Assert.Null(notebook.Cells[2].ExecutionCount);
    }

    [Fact]
    public async Task A_process_that_dies_is_a_failing_cell()
    {
        var notebook = NotebookText.Of("print a\ndie", "print b");

        var run = await Run(notebook, TestContext.Current.CancellationToken);

        Assert.Equal(1, run.Failure!.Cell);
        Assert.Contains("ended before the cell did", run.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(["stream", "error"], notebook.Cells[0].Outputs.Select(output => output!["output_type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_failed_check_fails_the_run_but_the_notebook_goes_on()
    {
        var notebook = NotebookText.Of("passes one", "breaks two", "passes three");

        var run = await Run(notebook, TestContext.Current.CancellationToken);

        Assert.False(run.Passed);
        Assert.Null(run.Failure);
        Assert.Equal(3, run.CellRuns.Count);
        var failed = Assert.Single(run.Checks, check => !check.Passed);
        Assert.Equal(("two", "about two"), (failed.Name, failed.Message));
    }

    [Fact]
    public async Task An_interruption_keeps_partial_outputs_and_takes_the_count_from_cells_not_reached()
    {
        var notebook = NotebookText.Of("print a", "print partial\nhang", "result c");
        notebook.Cells[2].Outputs = [System.Text.Json.Nodes.JsonNode.Parse("""{"output_type": "execute_result", "execution_count": 3, "data": {"text/plain": "old"}, "metadata": {}}""")];
        notebook.Cells[2].ExecutionCount = 3;
        using var interruption = new CancellationTokenSource();

        var running = Run(notebook, interruption.Token);
        interruption.CancelAfter(TimeSpan.FromMilliseconds(50));
        var run = await running;

        Assert.True(run.Interrupted);
        Assert.False(run.Passed);
        Assert.Equal("a\n", TextOf(notebook, 0));
        Assert.Equal("partial\n", TextOf(notebook, 1));
        Assert.Equal("Interrupted", notebook.Cells[1].Outputs[1]!["ename"]!.GetValue<string>());
        Assert.Equal("old", MultilineText.Join(notebook.Cells[2].Outputs[0]!["data"]!["text/plain"]));
        Assert.Null(notebook.Cells[2].ExecutionCount);
        Assert.Null(notebook.Cells[2].Outputs[0]!["execution_count"]);
        Assert.True(executors[^1].IsDisposed);
    }

    [Fact]
    public async Task An_interruption_does_not_wait_for_a_process_that_hangs_in_its_end()
    {
        var notebook = NotebookText.Of("print partial\nstuck");
        using var interruption = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        var run = await Run(notebook, interruption.Token).WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.True(run.Interrupted);
        Assert.Equal("partial\n", TextOf(notebook, 0));
    }

    private Task<NotebookRun> Run(Notebook notebook, CancellationToken cancellationToken)
    {
        var runner = new NotebookRunner(
            folder =>
            {
                executors.Add(new FakeExecutor(folder));
                return executors[^1];
            },
            new Observers());
        return runner.Run(Path.Combine("folder", "a.ipynb"), notebook, cancellationToken);
    }

    private static string TextOf(Notebook notebook, int cell) => MultilineText.Join(notebook.Cells[cell].Outputs[0]!["text"]);
}
