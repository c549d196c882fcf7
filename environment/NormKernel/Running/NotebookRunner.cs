using System.Diagnostics;
using System.Runtime.CompilerServices;
using NormKernel.Notebooks;
using NormKernel.Workers;

namespace NormKernel.Running;

/// <summary>Runs all cells of one notebook in order and puts their outputs into it.</summary>
public sealed class NotebookRunner(Func<string, ICellExecutor> startExecutor, IRunObserver observer)
{
    /// <param name="path">The notebook's file; its folder is where the cells run.</param>
    /// <param name="notebook">Gets the outputs.</param>
    /// <param name="cancellationToken">Ends the running cell at once; what ran so far stays in the notebook.</param>
    public async Task<NotebookRun> Run(string path, Notebook notebook, CancellationToken cancellationToken)
    {
        NotebookMetadata.Complete(notebook);
        CellIds.Complete(notebook);
        var cells = notebook.CellsToRun.ToList();
        foreach (var empty in notebook.Cells.Where(cell => cell.IsCode).Except(cells))
            CellState.Clear(empty);

        var clock = Stopwatch.StartNew();
        var run = new NotebookRun(path) { Cells = cells.Count };
        var displayIds = new DisplayIds();
        await using var executor = startExecutor(Path.GetDirectoryName(Path.GetFullPath(path))!);
        for (var index = 0; index < cells.Count && run.Failure is null && !run.Interrupted; index++)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                run = run with { Interrupted = true };
                break;
            }

            observer.CellStarted(path, index + 1);
            var (cellRun, error, interrupted) = await RunCell(path, executor, cells[index], index + 1, displayIds, cancellationToken);
            run = run with { CellRuns = [.. run.CellRuns, cellRun], Failure = error, Interrupted = interrupted };
            observer.CellFinished(path, cellRun);
        }

        foreach (var notReached in cells.Skip(run.CellRuns.Count))
            (run.Interrupted ? CellState.ForgetCount : (Action<Cell>)CellState.Clear)(notReached);
        return run with { Duration = clock.Elapsed };
    }

    private async Task<(CellRun Run, RunFailure? Failure, bool Interrupted)> RunCell(
        string path, ICellExecutor executor, Cell cell, int number, DisplayIds displayIds, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var outputs = new CellOutputs(number, displayIds);
        RunFailure? failure = null;
        var interrupted = false;
        try
        {
            var request = new CellRequest(number, number, cell.Source);
            await foreach (var cellEvent in Events(executor, request, cancellationToken))
            {
                outputs.Add(cellEvent);
                if (cellEvent is CellText text)
                    observer.CellPrinted(path, text.Text);
                if (cellEvent is CellError error)
                    failure = new RunFailure(number, $"{error.Name}: {error.Message}", error.Traceback);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            outputs.Add(new CellError(number, "Interrupted", "the run was interrupted in this cell", ["Interrupted: the run was interrupted in this cell"]));
            (failure, interrupted) = (null, true);
        }

        cell.Outputs = outputs.ToJson();
        cell.ExecutionCount = number;
        return (new CellRun(number, cell.Id, clock.Elapsed, Check.In(cell.Outputs)), failure, interrupted);
    }

    /// <summary>The executor's events up to the last; one that ends in any other way has failed, and that becomes the cell's error.</summary>
    private static async IAsyncEnumerable<CellEvent> Events(
        ICellExecutor executor, CellRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var failed = false;
        await foreach (var cellEvent in StoppableEvents.Of(executor, request, cancellationToken))
        {
            failed |= cellEvent is CellError;
            if (cellEvent is CellFinished finished)
            {
                if (!finished.Ok && !failed)
                    yield return Ended(request, "the cell failed without saying why");
                yield break;
            }

            yield return cellEvent;
        }

        yield return Ended(request, "the process that ran this notebook ended before the cell did");
    }

    private static CellError Ended(CellRequest request, string message) => new(request.Cell, "WorkerEnded", message, [message]);
}
