using System.Text.Json.Nodes;
using NormKernel.Notebooks;

namespace NormKernel.Portability;

/// <summary>The metadata by which a front end knows that the notebook is one of C#.</summary>
public static class MetadataRules
{
    public static IEnumerable<Finding> Find(Notebook notebook, string path)
    {
        var kernel = notebook.Json["metadata"]?["kernelspec"];
        if (Text(kernel, "name") is var name && name != ".net-csharp")
            yield return new(path, null, $"the kernel's name is {Quote(name)}", FrontEnd.Join("Jupyter with .NET Interactive's kernel", FrontEnd.Own),
                "Jupyter opens a notebook with the kernel that is registered under this name.", Fix("metadata.kernelspec.name", ".net-csharp"));
        if (Text(kernel, "language") is var language && language != "C#")
            yield return new(path, null, $"the kernel's language is {Quote(language)}", FrontEnd.Verso,
                "Verso takes every cell's language from here.", Fix("metadata.kernelspec.language", "C#"));
        if (Text(notebook.Json["metadata"]?["polyglot_notebook"]?["kernelInfo"], "defaultKernelName") is var standard && standard != "csharp")
            yield return new(path, null, $"the default kernel is {Quote(standard)}", FrontEnd.Interactive,
                "Cells without a kernel of their own go to this one.", Fix("metadata.polyglot_notebook.kernelInfo.defaultKernelName", "csharp"));

        for (var index = 0; index < notebook.Cells.Count; index++)
        {
            var cell = notebook.Cells[index];
            if (cell.IsCode && Text(cell.Json["metadata"]?["polyglot_notebook"], "kernelName") is var own && own != "csharp")
                yield return new(path, new Place(index + 1), $"the cell's kernel is {Quote(own)}", FrontEnd.Interactive,
                    "Polyglot Notebooks sends the cell to the kernel of this name.", Fix("metadata.polyglot_notebook.kernelName", "csharp"));
        }
    }

    private static string Fix(string field, string value) => $"set {field} to \"{value}\"; `run` writes it where it is missing.";

    private static string Quote(string? value) => value is null ? "missing" : $"\"{value}\"";

    private static string? Text(JsonNode? parent, string name) => (parent as JsonObject)?[name]?.ToString();
}
