using NormKernel.Notebooks;

namespace NormKernel.Running;

/// <summary>A notebook that was asked for: read, or (<paramref name="Problem"/>) why it could not be.</summary>
public sealed record LoadedNotebook(string Path, Notebook? Notebook, string? Problem)
{
    public static LoadedNotebook Load(string path)
    {
        try
        {
            return new LoadedNotebook(path, Notebook.Load(path), null);
        }
        catch (NotebookException problem)
        {
            return new LoadedNotebook(path, null, problem.Message);
        }
    }
}
