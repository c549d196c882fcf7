using System.Text.Json.Nodes;
using NormLab.Rendering;

namespace NormLab.Claims;

/// <summary>The fields of a claim beside those of every check.</summary>
internal static class ClaimJson
{
    public static JsonObject Details(ClaimResult result)
    {
        var threshold = result.Claim.Threshold!.Value;
        return new()
        {
            ["kind"] = result.Kind,
            ["statement"] = result.Claim.Statement,
            ["statistic"] = new JsonObject { ["name"] = result.Claim.Statistic, ["value"] = Json.Number(result.Value) },
            ["interval"] = result.Interval is { } interval
                ? new JsonObject { ["low"] = Json.Number(interval.Low), ["high"] = Json.Number(interval.High), ["level"] = interval.Level }
                : null,
            ["threshold"] = new JsonObject
            {
                ["relation"] = threshold.Relation == Relation.AtLeast ? "at least" : "at most",
                ["value"] = Json.Number(threshold.Value),
            },
            ["verdict"] = ClaimResult.Name(result.Verdict),
            ["stated"] = ClaimResult.Name(result.Claim.Stated),
        };
    }
}
