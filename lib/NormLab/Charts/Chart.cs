using NormLab.Charts.Drawing;
using NormLab.Rendering;
using Plotly.NET;

namespace NormLab.Charts;

/// <summary>An interactive chart: a <see cref="Plot"/>, <see cref="Panels"/> side by side, or a <see cref="SliderChart"/>.</summary>
public abstract record Chart : RichValue
{
    private protected Chart(string title)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        Title = title;
    }

    /// <summary>The finding, as a sentence.</summary>
    public string Title { get; }

    /// <summary>The chart as a Plotly.NET value, to go on with that library where this one ends.</summary>
    public GenericChart ToPlotly() => Draw().ToPlotly();

    /// <summary>Several plots under one title, in rows of at most <paramref name="columns"/>.</summary>
    public static Panels SideBySide(string title, IEnumerable<Plot> plots, int columns = 3) => new(title, plots, columns);

    /// <inheritdoc cref="SideBySide(string, IEnumerable{Plot}, int)"/>
    public static Panels SideBySide(string title, params Plot[] plots) => new(title, plots, columns: 3);

    /// <summary>One chart per value of a parameter, with a slider that picks the value.</summary>
    /// <param name="title">The finding.</param>
    /// <param name="parameter">What the slider changes, with its unit.</param>
    /// <param name="values">The values, in order.</param>
    /// <param name="chart">The chart at a value; all charts need the same axes.</param>
    public static SliderChart Slider<T>(string title, string parameter, IEnumerable<T> values, Func<T, Chart> chart) =>
        new(title, parameter, values.Select(value => (Cell.Text(value), chart(value))));

    /// <inheritdoc/>
    public override string ToText() => $"chart: {Title}";

    /// <inheritdoc/>
    public override string ToHtml() => ChartHtml.Fragment(FigureJson.Of(ToPlotly()));

    /// <inheritdoc/>
    public override string? ToMime(string mimeType) =>
        mimeType == MimeTypes.Plotly ? Json.Text(FigureJson.Of(ToPlotly())) : base.ToMime(mimeType);

    internal abstract Drawn Draw();
}
