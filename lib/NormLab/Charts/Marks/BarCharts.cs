using NormLab.Charts.Drawing;

namespace NormLab.Charts;

/// <summary>Bars over categories.</summary>
public static class BarCharts
{
    /// <summary>One bar per category; bars of several names stand side by side.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="name">The method or the quantity; it decides the colour.</param>
    /// <param name="categories">The categories.</param>
    /// <param name="values">The height of each bar.</param>
    /// <param name="errors">Half the height of each error bar.</param>
    public static Plot Bars(this Plot plot, string name, IReadOnlyCollection<string> categories, IReadOnlyCollection<double> values, IReadOnlyCollection<double>? errors = null)
    {
        ArgumentNullException.ThrowIfNull(plot);
        Series.SameLength(name, ("categories", categories.Count), ("values", values.Count), ("errors", errors?.Count ?? values.Count));
        return (plot with { X = plot.X with { IsCategorical = true } }).With(Bar(name, categories, values, errors, plot.ColourOf(name)));
    }

    /// <summary>One bar per method, each in the method's colour.</summary>
    public static Plot Bars(this Plot plot, IReadOnlyCollection<string> methods, IReadOnlyCollection<double> values, IReadOnlyCollection<double>? errors = null)
    {
        ArgumentNullException.ThrowIfNull(plot);
        Series.SameLength("bars", ("methods", methods.Count), ("values", values.Count), ("errors", errors?.Count ?? values.Count));
        var colours = methods.Select((method, index) => Palette.OfMethod(method) ?? Palette.Other(index)).ToArray();
        return (plot with { X = plot.X with { IsCategorical = true } }).With(Bar("", methods, values, errors, colours) with { InLegend = false });
    }

    private static Mark Bar(string name, IReadOnlyCollection<string> categories, IReadOnlyCollection<double> values, IReadOnlyCollection<double>? errors, object colour) => new("bar", name,
    [
        ("x", categories.ToArray()),
        ("y", TypedArray.Of(values)),
        ("marker", PlotlyObject.Of(("color", colour))),
        ("error_y", errors is null ? null : PlotlyObject.Of(("array", TypedArray.Of(errors)), ("color", Palette.Grey), ("thickness", 1.5), ("width", 4))),
    ]);
}
