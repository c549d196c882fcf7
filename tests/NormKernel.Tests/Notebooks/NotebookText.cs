using System.Text;
using System.Text.Json.Nodes;
using NormKernel.Notebooks;

namespace NormKernel.Tests.Notebooks;

/// <summary>Notebooks for tests, from the sources of their code cells.</summary>
public static class NotebookText
{
    public static Notebook Of(params string[] sources) => Read(JsonOf(sources).ToJsonString());

    public static Notebook Read(string json) => NotebookReader.Parse(Encoding.UTF8.GetBytes(json), "test.ipynb");

    public static string WriteFile(string path, params string[] sources)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        NotebookWriter.Write(Of(sources), path);
        return path;
    }

    private static JsonObject JsonOf(string[] sources) => new()
    {
        ["cells"] = new JsonArray([.. sources.Select(CodeCell)]),
        ["metadata"] = new JsonObject(),
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    };

    private static JsonNode CodeCell(string source, int index) => new JsonObject
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["id"] = $"cell-{index + 1}",
        ["metadata"] = new JsonObject(),
        ["outputs"] = new JsonArray(),
        ["source"] = source,
    };
}
