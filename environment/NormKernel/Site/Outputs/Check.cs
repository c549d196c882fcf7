using System.Text.Json.Nodes;
using NormKernel.Notebooks;

namespace NormKernel.Site.Outputs;

/// <summary>One check that a notebook made of itself.</summary>
public sealed record Check(string Name, bool Passed, string Message, string? Verdict)
{
    public static IReadOnlyList<Check> Of(Notebook notebook) =>
        [.. notebook.Cells.SelectMany(cell => cell.Outputs).SelectMany(output => Of(output?["data"] as JsonObject))];

    /// <summary>The checks in one output's mime bundle; none where it holds none.</summary>
    public static IEnumerable<Check> Of(JsonObject? data) =>
        data?[Mime.Checks]?["checks"] is JsonArray checks ? checks.OfType<JsonObject>().Select(Read) : [];

    private static Check Read(JsonObject check) => new(
        check["name"]?.ToString() ?? "check",
        check["passed"] is JsonValue passed && passed.TryGetValue<bool>(out var value) && value,
        check["message"]?.ToString() ?? "",
        check["verdict"]?.ToString());
}
