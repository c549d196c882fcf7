using NormLab.Charts.Drawing;

namespace NormLab.Charts;

/// <summary>Points.</summary>
public static class Scatters
{
    /// <summary>Points, without a line through them.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="name">The method or the quantity; it decides the colour.</param>
    /// <param name="x">Horizontal values.</param>
    /// <param name="y">Vertical values, as many.</param>
    /// <param name="labels">A text per point, shown on hover.</param>
    /// <param name="errors">Half the height of each point's error bar.</param>
    public static Plot Points(this Plot plot, string name, IReadOnlyCollection<double> x, IReadOnlyCollection<double> y,
        IReadOnlyCollection<string>? labels = null, IReadOnlyCollection<double>? errors = null)
    {
        ArgumentNullException.ThrowIfNull(plot);
        Series.SameLength(name, ("x", x.Count), ("y", y.Count), ("labels", labels?.Count ?? x.Count), ("errors", errors?.Count ?? x.Count));
        return plot.With(new Mark("scatter", name,
        [
            ("mode", "markers"),
            ("x", TypedArray.Of(x)),
            ("y", TypedArray.Of(y)),
            ("text", labels?.ToArray()),
            ("error_y", errors is null ? null : PlotlyObject.Of(("array", TypedArray.Of(errors)), ("thickness", 1.5), ("width", 4))),
            ("marker", PlotlyObject.Of(("color", plot.ColourOf(name)), ("size", x.Count > 200 ? 4 : 8), ("opacity", x.Count > 200 ? 0.5 : 0.9))),
        ]));
    }
}
