using System.Text;
using System.Text.Json.Nodes;
using NormKernel.Claims;
using NormKernel.Notebooks.Json;
using NormKernel.Site.Assets;
using NormKernel.Site.Pages;

namespace NormKernel.Site.Scoreboard;

/// <summary>All claims for programs: claims.json, and beside it the schema that says what is in it.</summary>
internal static class ClaimsFile
{
    public const string Name = "claims.json", Schema = "claims.schema.json";

    /// <summary>Both files; none where no notebook states a claim.</summary>
    public static IEnumerable<(string Name, byte[] Content)> All(IReadOnlyList<Chapter> chapters, IReadOnlyList<MissingClaim> missing) =>
        chapters.All(chapter => chapter.Claims.Records.Count == 0) ? [] :
        [
            (Name, Encoding.UTF8.GetBytes(PythonJson.Write(Json(chapters, missing)) + "\n")),
            (Schema, EmbeddedAsset.Read(Schema)),
        ];

    private static JsonObject Json(IReadOnlyList<Chapter> chapters, IReadOnlyList<MissingClaim> missing) => new()
    {
        ["$schema"] = Schema,
        ["notebooks"] = new JsonArray([.. chapters.Select(Notebook)]),
        ["claims"] = new JsonArray([.. chapters.SelectMany(chapter => chapter.Claims.Records.Select(claim => Claim(chapter, claim)))]),
        ["missing"] = new JsonArray([.. missing.Select(claim => new JsonObject { ["id"] = claim.Id, ["namedIn"] = Names(claim.NamedIn) })]),
    };

    private static JsonObject Notebook(Chapter chapter) => new()
    {
        ["file"] = chapter.Claims.File,
        ["page"] = chapter.FileName,
        ["title"] = chapter.Lead.Title,
        ["hasRun"] = chapter.HasRun,
        ["provenance"] = chapter.Claims.Provenance.DeepClone(),
    };

    private static JsonObject Claim(Chapter chapter, ClaimRecord claim) => new()
    {
        ["id"] = claim.Id,
        ["notebook"] = chapter.Claims.File,
        ["page"] = ScoreboardHtml.PlaceOf(chapter, claim),
        ["kind"] = claim.Kind,
        ["statement"] = claim.Statement,
        ["statistic"] = new JsonObject { ["name"] = claim.Statistic.Name, ["value"] = Number(claim.Statistic.Value) },
        ["interval"] = claim.Interval is not { } interval ? null : new JsonObject
        {
            ["low"] = Number(interval.Low),
            ["high"] = Number(interval.High),
            ["level"] = interval.Level,
        },
        ["threshold"] = new JsonObject { ["relation"] = claim.Threshold.IsLeast ? "at least" : "at most", ["value"] = Number(claim.Threshold.Value) },
        ["verdict"] = claim.Verdict,
        ["stated"] = claim.Stated,
        ["passed"] = claim.Passed,
        ["change"] = ClaimText.Change(claim),
    };

    private static JsonValue Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);
}
