namespace NormKernel.Running;

/// <summary>Several observers as one.</summary>
public sealed class Observers(params IReadOnlyList<IRunObserver> observers) : IRunObserver
{
    public void NotebookStarted(string path) => Tell(observer => observer.NotebookStarted(path));

    public void CellStarted(string path, int number) => Tell(observer => observer.CellStarted(path, number));

    public void CellPrinted(string path, string text) => Tell(observer => observer.CellPrinted(path, text));

    public void CellFinished(string path, CellRun cell) => Tell(observer => observer.CellFinished(path, cell));

    public void NotebookFinished(NotebookRun run) => Tell(observer => observer.NotebookFinished(run));

    private void Tell(Action<IRunObserver> what)
    {
        foreach (var observer in observers)
            what(observer);
    }
}
