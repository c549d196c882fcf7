using System.Collections.Immutable;
using NormLab.Charts.Drawing;
using Plotly.NET;

namespace NormLab.Charts;

/// <summary>One thing drawn on a plot: a plotly trace without its place.</summary>
internal sealed record Mark(string Type, string Name, ImmutableArray<(string Name, object? Value)> Properties)
{
    /// <summary>Whether the mark may have the legend entry of its name; bands leave it to their line.</summary>
    public bool InLegend { get; init; } = true;

    /// <summary>The title of the colour scale, for marks that have one.</summary>
    public string? ColourScale { get; init; }

    public Trace Draw(string x, string y, bool showInLegend, double right, (double Start, double End) up)
    {
        IEnumerable<(string, object?)> properties =
        [
            ("name", Name),
            ("legendgroup", Name),
            ("showlegend", ColourScale is null ? showInLegend : null),
            ("xaxis", x),
            ("yaxis", y),
            .. Properties,
            ("colorbar", ColourScale is null ? null : ColourBar(right, up)),
        ];
        return PlotlyObject.Trace(Type, properties);
    }

    private DynamicObj.DynamicObj ColourBar(double right, (double Start, double End) up) => PlotlyObject.Of(
        ("title", PlotlyObject.Of(("text", ColourScale), ("side", "right"))),
        ("x", right + 0.01),
        ("y", (up.Start + up.End) / 2),
        ("len", up.End - up.Start),
        ("thickness", 12));
}
