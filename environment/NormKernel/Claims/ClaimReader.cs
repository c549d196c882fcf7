using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NormKernel.Notebooks;

namespace NormKernel.Claims;

/// <summary>Reads claims out of an output. What does not fit the schema of claims.json is no record of a claim.</summary>
internal static class ClaimReader
{
    public static readonly string[] Kinds = ["identity", "numerical", "empirical"];

    public static readonly string[] Verdicts = ["holds", "fails", "inconclusive"];

    public static IEnumerable<ClaimRecord> In(Cell cell) => cell.Outputs.SelectMany(In);

    private static IEnumerable<ClaimRecord> In(JsonNode? output) =>
        output?["data"]?[Check.Mime]?["checks"] is JsonArray checks ? checks.OfType<JsonObject>().Select(Read).OfType<ClaimRecord>() : [];

    private static ClaimRecord? Read(JsonObject check) =>
        Text(check["name"]) is { } id
        && Word(check["kind"], Kinds) is { } kind
        && Text(check["statement"]) is { } statement
        && check["statistic"] is JsonObject statistic && Text(statistic["name"]) is { } name && Number(statistic["value"]) is { } value
        && check["threshold"] is JsonObject threshold && Word(threshold["relation"], ["at least", "at most"]) is { } relation && Number(threshold["value"]) is { } limit
        && Word(check["verdict"], Verdicts) is { } verdict
            ? new(id, kind, statement, new(name, value), Interval(check["interval"] as JsonObject), new(relation == "at least", limit),
                verdict, Word(check["stated"], Verdicts) ?? verdict, Check.Read(check).Passed)
            : null;

    private static ClaimInterval? Interval(JsonObject? interval) =>
        Number(interval?["low"]) is { } low && Number(interval?["high"]) is { } high && Number(interval?["level"]) is { } level ? new(low, high, level) : null;

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    private static string? Word(JsonNode? node, string[] words) => Text(node) is { } text && words.Contains(text) ? text : null;

    // JSON has no infinity and no NaN: records write them as words.
    private static double? Number(JsonNode? node) => node switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture),
        JsonValue value when Text(value) is "NaN" or "Infinity" or "-Infinity" => double.Parse(Text(value)!, CultureInfo.InvariantCulture),
        _ => null,
    };
}
