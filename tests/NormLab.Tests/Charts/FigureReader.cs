using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using NormLab.Charts;
using NormLab.Rendering;

namespace NormLab.Tests.Charts;

/// <summary>Reads a chart back, as plotly.js does.</summary>
internal static class FigureReader
{
    public static JsonNode Figure(this Chart chart) => JsonNode.Parse(chart.ToMime(MimeTypes.Plotly)!)!;

    public static JsonArray Traces(this Chart chart) => chart.Figure()["data"]!.AsArray();

    public static string Text(this JsonNode node, string property) => node[property]!.GetValue<string>();

    public static double[] Numbers(this JsonNode node, string property)
    {
        var array = node[property]!;
        var bytes = Convert.FromBase64String(array.Text("bdata"));
        return array.Text("dtype") == "f4"
            ? Array.ConvertAll(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), value => (double)value)
            : MemoryMarshal.Cast<byte, double>(bytes).ToArray();
    }
}
