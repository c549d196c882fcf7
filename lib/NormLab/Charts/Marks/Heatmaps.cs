using NormLab.Charts.Drawing;

namespace NormLab.Charts;

/// <summary>Matrices and images.</summary>
public static class Heatmaps
{
    /// <summary>A matrix in colours; row 0 is at the top.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="values">The matrix, row by column; NaN stays empty.</param>
    /// <param name="scale">What the colours measure, with its unit.</param>
    /// <param name="columns">A label per column, or null for numbers.</param>
    /// <param name="rows">A label per row, or null for numbers.</param>
    /// <param name="diverging">Whether zero is the middle of the scale and the sign matters.</param>
    /// <param name="range">The values at the ends of the colour scale, or null to fit the data.</param>
    public static Plot Heatmap(this Plot plot, double[,] values, string scale, IReadOnlyCollection<string>? columns = null, IReadOnlyCollection<string>? rows = null, bool diverging = false, (double Low, double High)? range = null)
    {
        ArgumentNullException.ThrowIfNull(plot);
        ArgumentNullException.ThrowIfNull(values);
        Series.SameLength(scale, ("row labels", rows?.Count ?? values.GetLength(0)), ("rows", values.GetLength(0)));
        Series.SameLength(scale, ("column labels", columns?.Count ?? values.GetLength(1)), ("columns", values.GetLength(1)));

        var mark = new Mark("heatmap", scale,
        [
            ("z", TypedArray.Of(values)),
            ("x", columns?.ToArray()),
            ("y", rows?.ToArray()),
            ("colorscale", diverging ? "RdBu" : "Cividis"),
            ("zmid", diverging ? 0 : null),
            ("zmin", range?.Low),
            ("zmax", range?.High),
        ])
        { ColourScale = scale, InLegend = false };
        return (plot with
        {
            X = plot.X with { IsCategorical = columns is not null },
            Y = plot.Y with { IsCategorical = rows is not null, IsReversed = true },
        }).With(mark);
    }
}
