using System.Text.Json;
using System.Text.Json.Nodes;

namespace NormKernel.Notebooks;

/// <summary>The parts of nbformat 4 that this program reads; a file without them is refused with what is missing.</summary>
public static class NotebookShape
{
    /// <exception cref="NotebookException">A part is missing or has another type than nbformat 4 gives it.</exception>
    public static void Check(JsonObject json, string path)
    {
        CheckVersion(json, path);
        if (json["cells"] is not JsonArray cells)
            throw new NotebookException(path, "has no list of cells, so it is not a notebook");
        if (json["metadata"] is not (null or JsonObject))
            throw new NotebookException(path, "has metadata that is not a JSON object");

        for (var index = 0; index < cells.Count; index++)
        {
            var problem = cells[index] is JsonObject cell ? ProblemOf(cell) : "is not a JSON object";
            if (problem is not null)
                throw new NotebookException(path, $"entry {index + 1} of its {cells.Count} cells {problem}");
        }
    }

    private static void CheckVersion(JsonObject json, string path)
    {
        if (json["nbformat"] is not JsonValue value || !value.TryGetValue<int>(out var version))
            throw new NotebookException(path, "does not say which nbformat it is (4 is needed), so it is not a notebook");
        if (version < 4)
            throw new NotebookException(path, $"is an nbformat {version} notebook, 4 is needed: convert it with `jupyter nbconvert --to notebook --nbformat 4`");
        if (version > 4)
            throw new NotebookException(path, $"is an nbformat {version} notebook, newer than this program, which knows 4");
    }

    private static string? ProblemOf(JsonObject cell)
    {
        if (!IsText(cell["cell_type"]))
            return "does not say its cell_type";
        if (!IsMultilineText(cell["source"]))
            return "has no source text";
        if (cell["metadata"] is not (null or JsonObject))
            return "has metadata that is not a JSON object";
        if (cell["id"] is not null && !IsText(cell["id"]))
            return "has an id that is not text";
        if (cell["execution_count"] is { } count && !(count is JsonValue number && number.TryGetValue<int>(out _)))
            return "has an execution_count that is not a whole number";
        if (cell["outputs"] is null)
            return null;
        return cell["outputs"] is JsonArray outputs && outputs.All(IsOutput) ? null : "has outputs that are not in nbformat's shape";
    }

    private static bool IsOutput(JsonNode? node) =>
        node is JsonObject output
        && IsText(output["output_type"])
        && (output["data"] is null or JsonObject)
        && (output["text"] is null || IsMultilineText(output["text"]));

    private static bool IsMultilineText(JsonNode? node) => IsText(node) || (node is JsonArray lines && lines.All(IsText));

    private static bool IsText(JsonNode? node) => node is JsonValue && node.GetValueKind() == JsonValueKind.String;
}
