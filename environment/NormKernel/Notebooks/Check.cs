using System.Text.Json.Nodes;

namespace NormKernel.Notebooks;

/// <summary>What a cell claims about its own numbers, and whether that held.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Passed">Whether it held.</param>
/// <param name="Message">The evidence, in words.</param>
/// <param name="Verdict">For a claim: holds, fails, inconclusive.</param>
/// <param name="Kind">For a claim: identity, numerical, empirical.</param>
/// <param name="Statement">For a claim: what it says, as a sentence.</param>
public sealed record Check(string Name, bool Passed, string Message, string? Verdict, string? Kind = null, string? Statement = null)
{
    public const string Mime = "application/vnd.normkernel.check+json";

    /// <summary>The checks among a cell's outputs, in order.</summary>
    public static IReadOnlyList<Check> In(JsonArray outputs) =>
        [.. outputs.SelectMany(output => In(output?["data"] as JsonObject))];

    /// <summary>The checks in one output's mime bundle; none where it holds none.</summary>
    public static IEnumerable<Check> In(JsonObject? data) =>
        data?[Mime]?["checks"] is JsonArray checks ? checks.OfType<JsonObject>().Select(Read) : [];

    // What a library writes here is not this program's to trust: a check that does not say it passed has not.
    internal static Check Read(JsonObject check) => new(
        MultilineText.Join(check["name"]),
        check["passed"] is JsonValue passed && passed.TryGetValue<bool>(out var value) && value,
        MultilineText.Join(check["message"]),
        Text(check["verdict"]),
        Text(check["kind"]),
        Text(check["statement"]));

    private static string? Text(JsonNode? node) => node is JsonValue value ? value.ToString() : null;
}
