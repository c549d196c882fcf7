namespace NormLab.Charts;

/// <summary>Reference lines and notes.</summary>
public static class Guides
{
    /// <summary>A dashed line across the plot at a value, with a label at its end.</summary>
    public static Plot HorizontalLine(this Plot plot, double y, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(plot);
        return plot.With(new ReferenceLine(true, y, label));
    }

    /// <summary>A dashed line up the plot at a value, with a label at its end.</summary>
    public static Plot VerticalLine(this Plot plot, double x, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(plot);
        return plot.With(new ReferenceLine(false, x, label));
    }

    /// <summary>A short text with an arrow to a point.</summary>
    public static Plot Note(this Plot plot, double x, double y, string text)
    {
        ArgumentNullException.ThrowIfNull(plot);
        return plot.With(new Note(x, y, text));
    }
}
