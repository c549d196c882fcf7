using System.Text.Json.Nodes;
using NormLab.Claims;
using NormLab.Rendering;

namespace NormLab.Tests.Claims.Collection;

/// <summary>A folder of small notebooks whose outputs hold records of claims.</summary>
internal sealed class CollectionFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Path => folder.Path;

    public static ClaimResult Zero => Claim.Identity("BN01-zero", "It is zero").HoldsWhen("largest | difference", atMost: 1e-12).Measured(1e-15);

    public static ClaimResult Gain => Claim.Empirical("BN02-gain", "It gains").HoldsWhen("gain", atLeast: 0.15).ProseSays(Verdict.Fails).Measured([0.01, 0.02, 0.03, 0.04, 0.05]);

    public static JsonObject Data(RichValue value, string mimeType) => new() { [mimeType] = JsonNode.Parse(value.ToMime(mimeType)!) };

    /// <summary>A notebook with a title, a code cell per result that names its id, and the record of each that is to have one.</summary>
    public CollectionFolder With(string file, string title, string tag, params (ClaimResult Claim, bool HasRecord)[] claims)
    {
        var provenance = new JsonObject { [MimeTypes.Provenance] = new JsonObject { ["dataset"] = "dots", ["seed"] = 7 } };
        JsonNode[] cells =
        [
            new JsonObject { ["cell_type"] = "markdown", ["source"] = new JsonArray($"# {title}\n", "Text.") },
            Code("lab", "", [provenance]),
            .. claims.Select(claim => Code($"Judge(\"{claim.Claim.Claim.Id}\")", tag, claim.HasRecord ? [Data(claim.Claim, MimeTypes.Check)] : [])),
        ];
        File.WriteAllText(System.IO.Path.Combine(Path, file), new JsonObject { ["cells"] = new JsonArray(cells) }.ToJsonString());
        return this;
    }

    public void Dispose() => folder.Dispose();

    private static JsonObject Code(string source, string tag, JsonObject[] outputs) => new()
    {
        ["cell_type"] = "code",
        ["source"] = source,
        ["metadata"] = new JsonObject { ["tags"] = new JsonArray(tag) },
        ["outputs"] = new JsonArray([.. outputs.Select(data => new JsonObject { ["data"] = data })]),
    };
}
