using System.Text.Json.Nodes;
using NormKernel.Notebooks;
using NormKernel.Site.Outputs;

namespace NormKernel.Site.Pictures;

/// <summary>
/// The alternative text of pictures, where nbconvert reads it: in the output's metadata, under the picture's mime type, as <c>alt</c>.
/// </summary>
public static class PictureDescriptions
{
    /// <summary>Describes every picture of a notebook that has no text yet or another than it should have.</summary>
    public static void Add(Notebook notebook)
    {
        foreach (var output in notebook.Cells.SelectMany(cell => cell.Outputs).OfType<JsonObject>())
        {
            if (output["data"] is not JsonObject data || data[Mime.Png] is null || Describe(data) is not { Length: > 0 } text)
                continue;

            Member(Member(output, "metadata"), Mime.Png)["alt"] = text;
        }
    }

    /// <summary>What a reader who cannot see an output's picture is told; null where it says nothing.</summary>
    public static string? Of(JsonObject output) => output["metadata"]?[Mime.Png]?["alt"]?.ToString();

    /// <summary>A chart's title, and of other pictures the text that stands for them in a terminal.</summary>
    private static string Describe(JsonObject data) =>
        data[Mime.Plotly] is JsonObject figure ? Figure.Description(figure) : MultilineText.Join(data[Mime.Text]).Trim();

    private static JsonObject Member(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject member)
            parent[name] = member = [];
        return member;
    }
}
