using System.Text.Json;
using System.Text.Json.Nodes;

namespace NormKernel.Notebooks;

/// <summary>Brings a cell into nbformat's form on disk: required fields present, text as lists of lines.</summary>
public static class CellLayout
{
    public static void Apply(Cell cell)
    {
        cell.Json.TryAdd("metadata", new JsonObject());
        Split(cell.Json, "source");
        if (cell.Json["attachments"] is JsonObject attachments)
        {
            foreach (var (_, attachment) in attachments)
                SplitBundle(attachment as JsonObject);
        }

        if (!cell.IsCode)
            return;

        cell.Json.TryAdd("execution_count", null);
        cell.Json.TryAdd("outputs", new JsonArray());
        foreach (var output in cell.Outputs.OfType<JsonObject>())
        {
            if (output["output_type"]!.GetValue<string>() == "stream")
                Split(output, "text");
            else
                SplitBundle(output["data"] as JsonObject);
        }
    }

    private static void SplitBundle(JsonObject? bundle)
    {
        foreach (var mime in bundle?.Select(member => member.Key).ToList() ?? [])
        {
            if (IsWrittenAsLines(mime))
                Split(bundle!, mime);
            else if (!IsJson(mime) && IsListOfText(bundle![mime]))
                bundle[mime] = MultilineText.Join(bundle[mime]);
        }
    }

    private static void Split(JsonObject parent, string name)
    {
        if (parent[name] is JsonValue || IsListOfText(parent[name]))
            parent[name] = MultilineText.Split(MultilineText.Join(parent[name]));
    }

    private static bool IsWrittenAsLines(string mime) =>
        mime.StartsWith("text/", StringComparison.Ordinal) || mime is "image/svg+xml" or "application/javascript";

    private static bool IsJson(string mime) =>
        mime == "application/json" || (mime.StartsWith("application/", StringComparison.Ordinal) && mime.EndsWith("+json", StringComparison.Ordinal));

    private static bool IsListOfText(JsonNode? node) =>
        node is JsonArray lines && lines.All(line => line?.GetValueKind() == JsonValueKind.String);
}
