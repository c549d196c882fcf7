using NormLab.Charts.Drawing;

namespace NormLab.Charts;

/// <summary>A help for reading: a reference line or a note.</summary>
internal abstract record Guide
{
    public virtual DynamicObj.DynamicObj? Shape(string x, string y) => null;

    public virtual DynamicObj.DynamicObj? Annotation(Plot plot, string x, string y) => null;
}

internal sealed record ReferenceLine(bool Horizontal, double At, string? Label) : Guide
{
    public override DynamicObj.DynamicObj Shape(string x, string y) => PlotlyObject.Of(
        ("type", "line"),
        ("xref", Horizontal ? $"{x} domain" : x), ("x0", Horizontal ? 0 : At), ("x1", Horizontal ? 1 : At),
        ("yref", Horizontal ? y : $"{y} domain"), ("y0", Horizontal ? At : 0), ("y1", Horizontal ? At : 1),
        ("line", PlotlyObject.Of(("color", Palette.Grey), ("width", 1.5), ("dash", "dash"))),
        ("label", Label is null ? null : PlotlyObject.Of(
            ("text", Label), ("textposition", "end"), ("textangle", 0),
            ("xanchor", Horizontal ? "right" : "left"), ("yanchor", Horizontal ? "bottom" : "top"), ("font", PlotlyObject.Of(("size", 11), ("color", Palette.Grey))))));
}

internal sealed record Note(double X, double Y, string Text) : Guide
{
    // Shapes take data values on logarithmic axes, annotations their logarithm.
    public override DynamicObj.DynamicObj Annotation(Plot plot, string x, string y) => PlotlyObject.Of(
        ("text", Text),
        ("xref", x), ("x", plot.X.IsLog ? Math.Log10(X) : X),
        ("yref", y), ("y", plot.Y.IsLog ? Math.Log10(Y) : Y),
        ("arrowhead", 2), ("arrowsize", 0.8), ("arrowcolor", Palette.Grey), ("ax", 30), ("ay", -30),
        ("font", PlotlyObject.Of(("size", 11))));
}
