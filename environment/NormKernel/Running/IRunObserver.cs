namespace NormKernel.Running;

/// <summary>Learns how a run goes on while it goes on.</summary>
public interface IRunObserver
{
    void NotebookStarted(string path);

    void CellStarted(string path, int number);

    /// <summary>What the running cell prints, as it comes.</summary>
    void CellPrinted(string path, string text)
    {
    }

    void CellFinished(string path, CellRun cell);

    void NotebookFinished(NotebookRun run);
}
