using System.Numerics;
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
        return array.Text("dtype") switch
        {
            "u1" => Cast<byte>(bytes),
            "i1" => Cast<sbyte>(bytes),
            "u2" => Cast<ushort>(bytes),
            "i2" => Cast<short>(bytes),
            "f4" => Cast<float>(bytes),
            _ => Cast<double>(bytes),
        };
    }

    private static double[] Cast<T>(byte[] bytes)
        where T : struct, INumberBase<T> =>
        Array.ConvertAll(MemoryMarshal.Cast<byte, T>(bytes).ToArray(), double.CreateChecked);
}
