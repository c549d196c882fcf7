using System.Text.Json.Nodes;

namespace NormKernel.Notebooks;

/// <summary>What a cell claims about its own numbers, and whether that held.</summary>
public sealed record Check(string Name, bool Passed, string Message, string? Verdict)
{
    public const string Mime = "application/vnd.normkernel.check+json";

    /// <summary>The checks among a cell's outputs, in order.</summary>
    public static IReadOnlyList<Check> In(JsonArray outputs) =>
        [.. outputs.SelectMany(output => In(output?["data"] as JsonObject))];

    /// <summary>The checks in one output's mime bundle; none where it holds none.</summary>
    public static IEnumerable<Check> In(JsonObject? data) =>
        data?[Mime]?["checks"] is JsonArray checks ? checks.OfType<JsonObject>().Select(Read) : [];

    // What a library writes here is not this program's to trust: a check that does not say it passed has not.
    private static Check Read(JsonObject check) => new(
        MultilineText.Join(check["name"]),
        check["passed"] is JsonValue passed && passed.TryGetValue<bool>(out var value) && value,
        MultilineText.Join(check["message"]),
        check["verdict"] is JsonValue verdict ? verdict.ToString() : null);
}
