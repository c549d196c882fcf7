using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NormLab.Claims;

/// <summary>Reads back what <see cref="ClaimJson"/> wrote. A check that is no whole record of a claim is none.</summary>
internal static class ClaimRecordReader
{
    public static ClaimRecord? Read(JsonObject check)
    {
        var (statistic, threshold, interval) = (check["statistic"] as JsonObject, check["threshold"] as JsonObject, check["interval"] as JsonObject);
        return Text(check["name"]) is { } id
            && Enum.TryParse<ClaimKind>(Text(check["kind"]), ignoreCase: true, out var kind)
            && Text(check["statement"]) is { } statement
            && Text(statistic?["name"]) is { } name && Number(statistic?["value"]) is { } value
            && Relations.TryGetValue(Text(threshold?["relation"]) ?? "", out var relation) && Number(threshold?["value"]) is { } limit
            && Enum.TryParse<Verdict>(Text(check["verdict"]), ignoreCase: true, out var verdict)
                ? new(id, kind, statement, name, value, Ends(interval), new(relation, limit), verdict, check["passed"]?.GetValueKind() == JsonValueKind.True)
                : null;
    }

    private static readonly Dictionary<string, Relation> Relations = new() { ["at least"] = Relation.AtLeast, ["at most"] = Relation.AtMost };

    private static Interval? Ends(JsonObject? interval) =>
        Number(interval?["low"]) is { } low && Number(interval?["high"]) is { } high && Number(interval?["level"]) is { } level ? new(low, high, level) : null;

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    // What JSON lacks is written as a word: NaN, Infinity.
    private static double? Number(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Number or JsonValueKind.String when double.TryParse(node.ToString(), CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
