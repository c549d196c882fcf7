using System.Text.Json.Nodes;
using Plotly.NET;

namespace NormLab.Charts.Drawing;

/// <summary>The JSON of a figure: data and layout, without the template and the random ids of Plotly.NET's own HTML.</summary>
internal static class FigureJson
{
    public static JsonObject Of(GenericChart chart)
    {
        var figure = JsonNode.Parse(GenericChart.toFigureJson(chart))!.AsObject();
        figure.Remove("frames");
        return figure;
    }
}
