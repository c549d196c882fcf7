using System.Collections.Immutable;
using NormLab.Charts.Drawing;
using NormLab.Rendering;

namespace NormLab.Charts;

/// <summary>One axis of a <see cref="Plot"/>.</summary>
/// <param name="Title">What is measured, with its unit.</param>
public sealed record Axis(string Title)
{
    /// <summary>Whether the axis is logarithmic.</summary>
    public bool IsLog { get; init; }

    /// <summary>The ends of the axis, or null to fit the data.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>Where the axis has ticks, or none to choose them by the range.</summary>
    public ImmutableArray<double> Ticks { get; init; } = [];

    /// <summary>Whether each category stands for itself, in the order in which it first appears.</summary>
    public bool IsCategorical { get; init; }

    /// <summary>Whether the axis runs downwards, as the rows of a matrix do.</summary>
    public bool IsReversed { get; init; }

    /// <summary>Whether the axis, where it fits the data, starts at zero.</summary>
    public bool IsFromZero { get; init; }

    /// <summary>Whether neither line, ticks nor title are drawn.</summary>
    public bool IsHidden { get; init; }

    internal DynamicObj.DynamicObj Draw(string anchor, double start, double end) => PlotlyObject.Of(
        ("title", PlotlyObject.Of(("text", Title))),
        ("type", IsCategorical ? "category" : IsLog ? "log" : "linear"),
        ("range", PlotlyRange),
        ("autorange", IsReversed ? "reversed" : null),
        ("domain", new[] { start, end }),
        ("anchor", anchor),
        ("automargin", true),
        ("gridcolor", Palette.Faint(Palette.Grey)),
        ("zerolinecolor", Palette.Faint(Palette.Grey, 0.5)),
        ("linecolor", Palette.Faint(Palette.Grey, 0.8)),
        ("showline", true),
        ("ticks", "outside"),
        ("tickcolor", Palette.Faint(Palette.Grey, 0.8)),
        ("tickvals", Ticks.IsEmpty ? null : Ticks.ToArray()),
        ("ticktext", Ticks.IsEmpty ? null : Ticks.Select(Cell.Number).ToArray()),
        ("visible", IsHidden ? false : null),
        ("rangemode", IsFromZero ? "tozero" : null),
        ("exponentformat", "power"));

    private double[]? PlotlyRange => Range is not { } range ? null
        : IsLog ? [Math.Log10(range.Low), Math.Log10(range.High)] : [range.Low, range.High];
}
