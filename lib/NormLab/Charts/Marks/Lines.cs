using NormLab.Charts.Drawing;

namespace NormLab.Charts;

/// <summary>How a line is drawn.</summary>
public enum Stroke
{
    /// <summary>Without gaps: measurements.</summary>
    Solid,

    /// <summary>In dashes: theory, or the second setting of a method.</summary>
    Dash,

    /// <summary>In dots.</summary>
    Dot,
}

/// <summary>Lines, and the bands around them.</summary>
public static class Lines
{
    /// <summary>A line through points.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="name">The method or the quantity; it decides the colour.</param>
    /// <param name="x">Horizontal values.</param>
    /// <param name="y">Vertical values, as many; NaN leaves a gap.</param>
    /// <param name="stroke">Solid for measurements.</param>
    /// <param name="markers">Whether the points are marked; worth it up to some twenty.</param>
    public static Plot Line(this Plot plot, string name, IReadOnlyCollection<double> x, IReadOnlyCollection<double> y, Stroke stroke = Stroke.Solid, bool markers = false)
    {
        ArgumentNullException.ThrowIfNull(plot);
        Series.SameLength(name, ("x", x.Count), ("y", y.Count));
        return plot.With(new Mark("scatter", name,
        [
            ("mode", markers ? "lines+markers" : "lines"),
            ("x", TypedArray.Of(x)),
            ("y", TypedArray.Of(y)),
            ("line", PlotlyObject.Of(("color", plot.ColourOf(name)), ("width", 2), ("dash", stroke.ToString().ToLowerInvariant()))),
        ]));
    }

    /// <summary>A line through points at 0, 1, 2, …, such as the steps of a training run.</summary>
    public static Plot Line(this Plot plot, string name, IReadOnlyCollection<double> y, Stroke stroke = Stroke.Solid, bool markers = false) =>
        plot.Line(name, [.. Enumerable.Range(0, y.Count).Select(i => (double)i)], y, stroke, markers);

    /// <summary>The graph of a function, dashed: theory beside measurements.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="name">What the function is.</param>
    /// <param name="function">The function.</param>
    /// <param name="from">Where the graph starts.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="points">At how many places the function is evaluated.</param>
    public static Plot Curve(this Plot plot, string name, Func<double, double> function, double from, double to, int points = 200)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        var x = Enumerable.Range(0, points).Select(i => from + (to - from) * i / (points - 1)).ToArray();
        return plot.Line(name, x, Array.ConvertAll(x, value => function(value)), Stroke.Dash);
    }

    /// <summary>A band between two lines, such as an interval, in the colour of its name.</summary>
    public static Plot Band(this Plot plot, string name, IReadOnlyCollection<double> x, IReadOnlyCollection<double> low, IReadOnlyCollection<double> high)
    {
        ArgumentNullException.ThrowIfNull(plot);
        Series.SameLength(name, ("x", x.Count), ("low", low.Count), ("high", high.Count));
        return plot.With(new Mark("scatter", name,
        [
            ("mode", "lines"),
            ("x", TypedArray.Of(x.Concat(x.Reverse()))),
            ("y", TypedArray.Of(high.Concat(low.Reverse()))),
            ("fill", "toself"),
            ("fillcolor", Palette.Faint(plot.ColourOf(name))),
            ("line", PlotlyObject.Of(("width", 0))),
            ("hoverinfo", "skip"),
        ])
        { InLegend = false });
    }

    /// <summary>Runs of one arm with different seeds: their median as a line, their range as a band. +∞ is the rank of a run that diverged; there the line has a gap.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="name">The arm.</param>
    /// <param name="x">Horizontal values.</param>
    /// <param name="runs">One series per seed, each as long as <paramref name="x"/>.</param>
    /// <param name="stroke">Solid for measurements.</param>
    /// <param name="markers">Whether the points of the median are marked.</param>
    public static Plot Seeds(this Plot plot, string name, IReadOnlyCollection<double> x, IReadOnlyList<IReadOnlyList<double>> runs,
        Stroke stroke = Stroke.Solid, bool markers = false)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Series.SameLength(name, [("x", x.Count), .. runs.Select((run, seed) => ($"run {seed}", run.Count))]);
        double[][] sorted = [.. Enumerable.Range(0, x.Count).Select(i => runs.Select(run => run[i]).Order().ToArray())];
        var seen = sorted.TakeWhile(values => double.IsFinite(values[^1])).ToArray();
        var banded = seen.Length == 0 ? plot : plot.Band(name, [.. x.Take(seen.Length)], Array.ConvertAll(seen, values => values[0]), Array.ConvertAll(seen, values => values[^1]));
        return banded.Line(name, x, Array.ConvertAll(sorted, values => Gap(Median.OfSorted(values))), stroke, markers);
    }

    /// <summary>Runs of one arm with different seeds: each as a faint line behind their median. +∞ is the rank of a run that diverged; there its line ends.</summary>
    /// <inheritdoc cref="Seeds"/>
    public static Plot EachSeed(this Plot plot, string name, IReadOnlyCollection<double> x, IReadOnlyList<IReadOnlyList<double>> runs, Stroke stroke = Stroke.Solid)
    {
        ArgumentNullException.ThrowIfNull(plot);
        ArgumentNullException.ThrowIfNull(runs);
        Series.SameLength(name, [("x", x.Count), .. runs.Select((run, seed) => ($"run {seed}", run.Count))]);
        // One trace for all seeds, with a gap after each: its look is written once.
        var faint = plot.With(new Mark("scatter", name,
        [
            ("mode", "lines"),
            ("x", TypedArray.Of(runs.SelectMany(_ => x.Append(x.Last())))),
            ("y", TypedArray.Of(runs.SelectMany(run => run.Select(Gap).Append(double.NaN)))),
            ("line", PlotlyObject.Of(("color", Palette.Faint(plot.ColourOf(name), 0.35)), ("width", 1))),
            ("hoverinfo", "skip"),
        ])
        { InLegend = false });
        return faint.Line(name, x, [.. Enumerable.Range(0, x.Count).Select(i => Gap(Median.Of(runs.Select(run => run[i]))))], stroke);
    }

    private static double Gap(double value) => double.IsFinite(value) ? value : double.NaN;
}
