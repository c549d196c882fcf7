using Plotly.NET;

namespace NormLab.Charts.Drawing;

/// <summary>A plot at its place in the grid. Axis numbers start at 1, which plotly.js leaves out: x, x2, x3, …</summary>
internal sealed record GridCell(Plot Plot, string Suffix, (double Start, double End) Across, (double Start, double End) Up)
{
    private string XRef => $"x{Suffix}";

    private string YRef => $"y{Suffix}";

    public static GridCell Of(Plot plot, int index, int columns, int rows, double gapAcross, double gapUp) => new(
        plot,
        index == 0 ? "" : $"{index + 1}",
        Span(index % columns, columns, gapAcross),
        Span(rows - 1 - index / columns, rows, gapUp / rows));

    public IEnumerable<Trace> Traces(HashSet<string> legend) =>
        Plot.Marks.Select(mark => mark.Draw(XRef, YRef, mark.InLegend && legend.Add(mark.Name), Across.End, Up));

    public IEnumerable<(string, object?)> Axes() =>
    [
        ($"xaxis{Suffix}", Plot.X.Draw(YRef, Across.Start, Across.End)),
        ($"yaxis{Suffix}", Plot.Y.Draw(XRef, Up.Start, Up.End)),
    ];

    public IEnumerable<DynamicObj.DynamicObj> Shapes() =>
        Plot.Guides.Select(guide => guide.Shape(XRef, YRef)).OfType<DynamicObj.DynamicObj>();

    public IEnumerable<DynamicObj.DynamicObj> Annotations(bool withTitle)
    {
        var notes = Plot.Guides.Select(guide => guide.Annotation(Plot, XRef, YRef)).OfType<DynamicObj.DynamicObj>();
        return withTitle ? notes.Prepend(Title()) : notes;
    }

    private DynamicObj.DynamicObj Title() => PlotlyObject.Of(
        ("text", Grid.Wrap(Plot.Title, (int)(105 * (Across.End - Across.Start)))),
        ("showarrow", false),
        ("xref", "paper"), ("x", Across.Start), ("xanchor", "left"),
        ("yref", "paper"), ("y", Up.End), ("yanchor", "bottom"), ("yshift", 4),
        ("align", "left"),
        ("font", PlotlyObject.Of(("size", 13))));

    private static (double Start, double End) Span(int index, int count, double gap)
    {
        var size = (1 - gap * (count - 1)) / count;
        var start = index * (size + gap);
        return (Math.Round(start, 4), Math.Round(start + size, 4));
    }
}
