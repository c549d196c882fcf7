using System.Text.Json.Nodes;

namespace NormKernel.Notebooks;

/// <summary>A Jupyter notebook (nbformat 4.5) in memory.</summary>
public sealed class Notebook(JsonObject json)
{
    public JsonObject Json { get; } = json;

    public IReadOnlyList<Cell> Cells { get; } =
        json["cells"] is JsonArray cells ? [.. cells.Select(cell => new Cell(cell!.AsObject()))] : [];

    public static Notebook Load(string path) => new(JsonNode.Parse(File.ReadAllBytes(path))!.AsObject());
}
