using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NormKernel.Site.Outputs;

/// <summary>What can be read off a plotly figure without drawing it.</summary>
public static partial class Figure
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The figure as JSON that may stand in a script element.</summary>
    public static string Json(JsonNode figure) => figure.ToJsonString(Compact).Replace("<", "\\u003c", StringComparison.Ordinal);

    /// <summary>The title as plotly takes it, with its few HTML tags; null where there is none.</summary>
    public static string? Title(JsonNode figure) => Text(figure["layout"]?["title"]);

    /// <summary>What a reader who cannot see the chart is told.</summary>
    public static string Description(JsonNode figure)
    {
        if (Title(figure) is { } title)
            return Plain(title);
        var (x, y) = (Text(figure["layout"]?["xaxis"]?["title"]), Text(figure["layout"]?["yaxis"]?["title"]));
        return (x, y) is (null, null) ? "Chart" : $"Chart of {Plain(y ?? "values")} against {Plain(x ?? "the horizontal axis")}";
    }

    private static string? Text(JsonNode? title) => title switch
    {
        JsonObject full => Text(full["text"]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } text => text,
        _ => null,
    };

    private static string Plain(string text) => Tag().Replace(Break().Replace(text, " "), "");

    [GeneratedRegex("<br ?/?>")]
    private static partial Regex Break();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
