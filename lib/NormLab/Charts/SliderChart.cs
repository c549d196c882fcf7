using System.Collections.Immutable;
using NormLab.Charts.Drawing;

namespace NormLab.Charts;

/// <summary>
/// One chart per value of a parameter, with a slider that picks the value. It works wherever plotly does, without a
/// kernel: all charts are in the figure and the slider shows one of them.
/// </summary>
public sealed record SliderChart : Chart
{
    /// <param name="title">The finding.</param>
    /// <param name="parameter">What the slider changes, with its unit.</param>
    /// <param name="frames">A label and a chart per value; all charts need the same axes.</param>
    /// <exception cref="ArgumentException">There are fewer than two values.</exception>
    public SliderChart(string title, string parameter, IEnumerable<(string Label, Chart Chart)> frames)
        : base(title)
    {
        ArgumentNullException.ThrowIfNull(frames);
        Parameter = parameter;
        Frames = [.. frames];
        if (Frames.Length < 2)
            throw new ArgumentException($"The slider '{title}' got {Frames.Length} values; there is something to slide from two on.", nameof(frames));
    }

    /// <summary>What the slider changes.</summary>
    public string Parameter { get; }

    /// <summary>A label and a chart per value.</summary>
    public ImmutableArray<(string Label, Chart Chart)> Frames { get; }

    internal override Drawn Draw() => SliderControl.Draw(this);
}
