namespace NormKernel.Running;

/// <summary>Runs notebooks one after the other; one that fails does not keep the others from running.</summary>
/// <param name="runner">Runs one notebook.</param>
/// <param name="observer">Learns of each notebook's start and end.</param>
/// <param name="finish">What happens to a notebook that has run (pictures, writing); its IOException fails the notebook.</param>
public sealed class CollectionRunner(
    NotebookRunner runner, IRunObserver observer, Func<LoadedNotebook, NotebookRun, CancellationToken, Task> finish)
{
    /// <summary>Ends early, without the notebooks not yet begun, when cancelled.</summary>
    public async Task<IReadOnlyList<NotebookRun>> Run(IReadOnlyList<LoadedNotebook> notebooks, CancellationToken cancellationToken)
    {
        var runs = new List<NotebookRun>();
        foreach (var notebook in notebooks)
        {
            if (cancellationToken.IsCancellationRequested)
                break;

            observer.NotebookStarted(notebook.Path);
            var run = await RunOne(notebook, cancellationToken);
            observer.NotebookFinished(run);
            runs.Add(run);
        }

        return runs;
    }

    private async Task<NotebookRun> RunOne(LoadedNotebook loaded, CancellationToken cancellationToken)
    {
        if (loaded.Notebook is not { } notebook)
            return new NotebookRun(loaded.Path) { Failure = new RunFailure(null, loaded.Problem!, []) };

        var run = new NotebookRun(loaded.Path);
        try
        {
            run = await runner.Run(loaded.Path, notebook, cancellationToken);
            await finish(loaded, run, cancellationToken);
            return run;
        }
        catch (Exception problem) when (problem is IOException or ArgumentException)
        {
            return run with { Failure = run.Failure ?? new RunFailure(null, problem.Message, []) };
        }
    }
}
