using System.Collections.Immutable;
using NormLab.Charts.Drawing;

namespace NormLab.Charts;

/// <summary>
/// A pair of axes and what is drawn on them. Immutable: each call gives a fuller plot.
/// <code>
/// new Plot("Batch norm trains faster", "step", "training loss (nats)")
///     .Line("batch norm", steps, loss)
///     .Line("none", steps, lossWithout)
///     .LogX()
/// </code>
/// </summary>
public sealed record Plot : Chart
{
    /// <summary>Empty axes.</summary>
    /// <param name="title">The finding.</param>
    /// <param name="x">What the horizontal axis measures, with its unit.</param>
    /// <param name="y">What the vertical axis measures, with its unit.</param>
    public Plot(string title, string x, string y)
        : base(title)
    {
        (X, Y) = (new(x), new(y));
    }

    /// <summary>The horizontal axis.</summary>
    public Axis X { get; init; }

    /// <summary>The vertical axis.</summary>
    public Axis Y { get; init; }

    internal ImmutableList<Mark> Marks { get; private init; } = [];

    internal ImmutableList<Guide> Guides { get; private init; } = [];

    /// <summary>A logarithmic horizontal axis, with ticks at the values given or else where plotly puts them.</summary>
    public Plot LogX(params double[] ticks) => this with { X = X with { IsLog = true, Ticks = [.. ticks] } };

    /// <summary>A logarithmic vertical axis, with ticks at the values given or else where plotly puts them.</summary>
    public Plot LogY(params double[] ticks) => this with { Y = Y with { IsLog = true, Ticks = [.. ticks] } };

    /// <summary>Fixes the ends of the horizontal axis.</summary>
    public Plot RangeX(double low, double high) => this with { X = X with { Range = (low, high) } };

    /// <summary>Fixes the ends of the vertical axis.</summary>
    public Plot RangeY(double low, double high) => this with { Y = Y with { Range = (low, high) } };

    internal Plot With(Mark mark) => this with { Marks = Marks.Add(mark) };

    internal Plot With(Guide guide) => this with { Guides = Guides.Add(guide) };

    // A name keeps its colour within the plot; names of methods keep it everywhere.
    internal string ColourOf(string name)
    {
        if (Palette.OfMethod(name) is { } colour)
            return colour;

        var others = Marks.Select(mark => mark.Name).Append(name).Where(other => Palette.OfMethod(other) is null).Distinct().ToList();
        return Palette.Other(others.IndexOf(name));
    }

    internal override Drawn Draw() => Grid.Draw(Title, [this], columns: 1, titlePanels: false);
}
