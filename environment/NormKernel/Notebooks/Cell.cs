using System.Text.Json.Nodes;

namespace NormKernel.Notebooks;

/// <summary>One cell of a notebook: a view on its JSON, so that fields this engine does not know survive a round trip.</summary>
public sealed class Cell(JsonObject json)
{
    public JsonObject Json { get; } = json;

    public string Id => Json["id"]?.GetValue<string>() ?? "";

    public bool IsCode => Json["cell_type"]?.GetValue<string>() == "code";

    public bool IsMarkdown => Json["cell_type"]?.GetValue<string>() == "markdown";

    /// <summary>Whether the cell measures time, by its tag <c>timing</c>: its numbers are another machine's or another minute's.</summary>
    public bool IsTiming => HasTag("timing");

    /// <summary>The cell's text, whichever of the two forms (string or list of lines) the file uses.</summary>
    public string Source => MultilineText.Join(Json["source"]);

    /// <summary>Outputs in nbformat's shape (stream, display_data, execute_result, error); empty for other cells.</summary>
    public JsonArray Outputs
    {
        get => Json["outputs"] as JsonArray ?? [];
        set => Json["outputs"] = value;
    }

    public int? ExecutionCount
    {
        get => Json["execution_count"]?.GetValue<int>();
        set => Json["execution_count"] = value;
    }

    public bool HasTag(string name) =>
        Json["metadata"]?["tags"] is JsonArray tags && tags.Any(tag => tag?.ToString() == name);
}
