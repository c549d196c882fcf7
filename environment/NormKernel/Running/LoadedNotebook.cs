using NormKernel.Notebooks;

namespace NormKernel.Running;

/// <summary>A notebook that was asked for: read, or why it could not be.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Notebook">What a run puts its outputs into.</param>
/// <param name="Before">The same as it was read, to compare with.</param>
/// <param name="Problem">Set where it could not be read; the other two are null then.</param>
public sealed record LoadedNotebook(string Path, Notebook? Notebook, Notebook? Before, string? Problem)
{
    public static LoadedNotebook Load(string path)
    {
        try
        {
            var before = Notebook.Load(path);
            return new LoadedNotebook(path, new Notebook(before.Json.DeepClone().AsObject()), before, null);
        }
        catch (NotebookException problem)
        {
            return new LoadedNotebook(path, null, null, problem.Message);
        }
    }
}
