using System.Text.Json.Nodes;
using NormLab.Rendering;

namespace NormLab.Claims;

/// <summary>One named check of a run, as the headless runner reads it.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Passed">Whether it came out as it should.</param>
/// <param name="Message">The finding in words.</param>
public sealed record Check(string Name, bool Passed, string Message)
{
    /// <summary>Further fields beside name, passed and message.</summary>
    public JsonObject Details { get; init; } = [];

    /// <summary>The content of <see cref="MimeTypes.Check"/> with this check alone.</summary>
    public string ToJson() => ToJson([this]);

    /// <summary>The content of <see cref="MimeTypes.Check"/>.</summary>
    public static string ToJson(IEnumerable<Check> checks) =>
        Json.Text(new JsonObject { ["checks"] = new JsonArray([.. checks.Select(check => check.ToNode())]) });

    private JsonObject ToNode()
    {
        var node = new JsonObject { ["name"] = Name, ["passed"] = Passed, ["message"] = Message };
        foreach (var (key, value) in Details)
            node[key] = value?.DeepClone();
        return node;
    }
}
