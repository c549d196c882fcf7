using System.Text;
using System.Text.Json.Nodes;
using NormKernel.Notebooks.Json;

namespace NormKernel.Notebooks;

/// <summary>Writes a notebook with the bytes of Python's <c>nbformat.write</c>.</summary>
public static class NotebookWriter
{
    /// <summary>Writes the file at once or not at all; a file that already has these bytes is not touched.</summary>
    /// <returns>Whether the file changed.</returns>
    /// <exception cref="IOException">It could not be written; the file that was there is intact.</exception>
    public static bool Write(Notebook notebook, string path)
    {
        var bytes = Bytes(notebook);
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            return false;

        AtomicFile.Write(path, stream => stream.Write(bytes));
        return true;
    }

    public static byte[] Bytes(Notebook notebook)
    {
        var copy = new Notebook(notebook.Json.DeepClone().AsObject());
        copy.Json["nbformat_minor"] = 5;
        copy.Json.TryAdd("metadata", new JsonObject());
        RemoveTransientMetadata(copy);
        CellIds.Complete(copy);
        foreach (var cell in copy.Cells)
            CellLayout.Apply(cell);
        return Encoding.UTF8.GetBytes(PythonJson.Write(copy.Json) + "\n");
    }

    /// <summary>What nbformat never writes to a file.</summary>
    private static void RemoveTransientMetadata(Notebook notebook)
    {
        var metadata = notebook.Json["metadata"]!.AsObject();
        metadata.Remove("orig_nbformat");
        metadata.Remove("orig_nbformat_minor");
        metadata.Remove("signature");
        foreach (var cell in notebook.Cells)
            (cell.Json["metadata"] as JsonObject)?.Remove("trusted");
    }
}
