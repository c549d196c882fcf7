using System.Collections.Immutable;

namespace NormLab.Charts.Drawing;

/// <summary>Places plots in rows and columns.</summary>
internal static class Grid
{
    private const int RowHeight = 340, BareRowHeight = 210;

    public static Drawn Draw(string title, ImmutableArray<Plot> plots, int columns, bool titlePanels)
    {
        var rows = (plots.Length + columns - 1) / columns;
        // Titles and ticks of an axis stand in the gap; so does a colour scale.
        var gap = plots.Any(plot => plot.Marks.Any(mark => mark.ColourScale is not null)) ? 0.26 : 0.11;
        var bare = plots.All(plot => plot.X.IsHidden && plot.Y.IsHidden);
        var cells = plots.Select((plot, index) => GridCell.Of(plot, index, columns, rows, gap, bare ? 0.25 : 0.56)).ToImmutableArray();
        var legend = new HashSet<string>();
        var traces = cells.SelectMany(cell => cell.Traces(legend)).ToImmutableArray();

        IEnumerable<(string, object?)> properties =
        [
            ("title", Title(title)),
            ("height", (bare ? BareRowHeight : RowHeight) * rows + 80.0),
            ("margin", PlotlyObject.Of(("l", 60), ("r", 20), ("t", titlePanels ? 105 : 70), ("b", 55))),
            ("paper_bgcolor", "rgba(0,0,0,0)"),
            ("plot_bgcolor", "rgba(0,0,0,0)"),
            ("hovermode", "closest"),
            ("showlegend", legend.Count > 1),
            ("legend", titlePanels ? BelowAll() : null),
            ("barmode", "group"),
            .. cells.SelectMany(cell => cell.Axes()),
            ("shapes", cells.SelectMany(cell => cell.Shapes()).ToArray()),
            ("annotations", cells.SelectMany(cell => cell.Annotations(titlePanels)).ToArray()),
        ];
        return new(traces, PlotlyObject.Layout(properties));
    }

    public static DynamicObj.DynamicObj Title(string title) => PlotlyObject.Of(
        ("text", Wrap(title, 78)),
        ("x", 0.0),
        ("xref", "paper"),
        ("xanchor", "left"),
        ("font", PlotlyObject.Of(("size", 15))));

    // Beside several plots there is no room for a legend.
    private static DynamicObj.DynamicObj BelowAll() => PlotlyObject.Of(
        ("orientation", "h"), ("x", 0.0), ("yref", "container"), ("y", 0.0), ("yanchor", "bottom"));

    /// <summary>plotly.js does not wrap titles.</summary>
    internal static string Wrap(string text, int width)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > width)
                lines.Add(word);
            else
                lines[^1] = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
        }

        return string.Join("<br>", lines);
    }
}
