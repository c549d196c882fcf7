using System.Text.Json.Nodes;

namespace NormKernel.Notebooks;

/// <summary>
/// The metadata by which every front end knows a C# notebook: VS Code and .NET Interactive go by <c>polyglot_notebook</c>,
/// Jupyter by the kernel's name, nbconvert and GitHub by <c>language_info</c>. What a notebook already says is kept.
/// </summary>
public static class NotebookMetadata
{
    public static void Complete(Notebook notebook)
    {
        var metadata = Member(notebook.Json, "metadata");

        var kernel = Member(metadata, "kernelspec");
        kernel.TryAdd("display_name", ".NET (C#)");
        kernel.TryAdd("language", "C#");
        kernel.TryAdd("name", ".net-csharp");

        var language = Member(metadata, "language_info");
        language.TryAdd("file_extension", ".cs");
        language.TryAdd("mimetype", "text/x-csharp");
        language.TryAdd("name", "C#");
        language.TryAdd("pygments_lexer", "csharp");

        var kernels = Member(Member(metadata, "polyglot_notebook"), "kernelInfo");
        kernels.TryAdd("defaultKernelName", "csharp");
        kernels.TryAdd("items", new JsonArray(new JsonObject { ["aliases"] = new JsonArray(), ["name"] = "csharp" }));

        foreach (var cell in notebook.Cells.Where(cell => cell.IsCode))
            Member(Member(cell.Json, "metadata"), "polyglot_notebook").TryAdd("kernelName", "csharp");
    }

    private static JsonObject Member(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject member)
            parent[name] = member = [];
        return member;
    }
}
