using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NormLab.Rendering;

namespace NormLab.Claims;

/// <summary>A notebook's file, as far as claims are concerned.</summary>
internal sealed partial class NotebookFile
{
    private readonly JsonObject[] cells;

    private NotebookFile(string path, JsonArray cells)
    {
        Name = Path.GetFileName(path);
        this.cells = [.. cells.OfType<JsonObject>()];
    }

    public string Name { get; }

    /// <summary>The first heading of level 1, or else the file's name.</summary>
    public string Title => cells.SelectMany(cell => Source(cell).Split('\n')).FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim() ?? Name;

    /// <summary>The ids of claims in code and text, in order of appearance.</summary>
    public IEnumerable<string> NamedIds => cells.SelectMany(cell => Id().Matches(Source(cell))).Select(match => match.Value).Distinct();

    public IEnumerable<ClaimRecord> Records =>
        from cell in cells
        from data in Data(cell)
        from check in (data[MimeTypes.Check] as JsonObject)?["checks"] as JsonArray ?? []
        let record = check is JsonObject fields ? ClaimRecordReader.Read(fields) : null
        where record is not null
        select record with { IsTiming = IsTiming(cell) };

    /// <summary>The fields of all provenance records; a later one wins.</summary>
    public JsonObject Provenance
    {
        get
        {
            var merged = new JsonObject();
            foreach (var (name, value) in cells.SelectMany(Data).Select(data => data[MimeTypes.Provenance]).OfType<JsonObject>().SelectMany(record => record))
                merged[name] = value?.DeepClone();
            return merged;
        }
    }

    /// <exception cref="InvalidDataException">The file is no notebook.</exception>
    public static NotebookFile Read(string path)
    {
        try
        {
            if (JsonNode.Parse(File.ReadAllText(path)) is JsonObject notebook && notebook["cells"] is JsonArray cells)
                return new(path, cells);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is not JSON ({error.Message}), so its claims cannot be read: restore it, then run it.", error);
        }

        throw new InvalidDataException($"{path} is JSON without a list of cells, so it is no notebook: restore it, then run it.");
    }

    private static IEnumerable<JsonObject> Data(JsonObject cell) =>
        (cell["outputs"] as JsonArray ?? []).OfType<JsonObject>().Select(output => output["data"]).OfType<JsonObject>();

    private static bool IsTiming(JsonObject cell) =>
        ((cell["metadata"] as JsonObject)?["tags"] as JsonArray ?? []).Any(tag => tag?.ToString() == "timing");

    private static string Source(JsonObject cell) => cell["source"] is JsonArray lines ? string.Concat(lines.Select(line => line?.ToString())) : cell["source"]?.ToString() ?? "";

    [GeneratedRegex(@"\bBN\d\d-[a-z0-9]+(?:-[a-z0-9]+)*")]
    private static partial Regex Id();
}
