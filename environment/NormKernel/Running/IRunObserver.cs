namespace NormKernel.Running;

/// <summary>Learns how a run goes on while it goes on.</summary>
public interface IRunObserver
{
    void NotebookStarted(string path);

    void CellStarted(string path, int number);

    void CellFinished(string path, CellRun cell);

    void NotebookFinished(NotebookRun run);
}
