using System.Diagnostics;
using NormLab.Rendering;

namespace NormLab.Charts;

/// <summary>
/// A chart that is drawn while its cell runs. The repository's own engine draws it anew in one place; other front ends get
/// lines of text. End the cell on it: they show the whole chart there, and the engine does not show it twice.
/// <code>
/// var live = new LiveChart(new Plot("The landscape", "a", "b"));
/// LossSurface.Of(network, loss, d1, d2, coordinates, mode, (rows, part) =&gt; live.Show(
///     new Plot("The landscape", "a", "b").Heatmap(part.Losses, "loss (nats)"), $"{rows} of {coordinates.Length} rows"));
/// live
/// </code>
/// </summary>
/// <remarks>For loss curves see <see cref="Training.LossCurves"/>. May be called from any thread that the cell started.</remarks>
public sealed record LiveChart : RichValue
{
    private static readonly TimeSpan BetweenDrawings = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    // An object and not a Lock: an interrupted cell is aborted wherever it stands, and a Lock could stay locked for ever.
    private readonly object gate = new();
    private Func<Chart> draw;
    private TimeSpan pause;
    private long shown;

    /// <param name="start">The chart before anything is known; it is not shown yet.</param>
    public LiveChart(Chart start)
    {
        ArgumentNullException.ThrowIfNull(start);
        draw = () => start;
    }

    /// <summary>The chart as it is now.</summary>
    public Chart Chart
    {
        get
        {
            lock (gate)
                return draw();
        }
    }

    /// <summary>The chart is another one from now on. It is drawn at most four times a second, and at the end of the cell in any case.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="line">What is printed, every two seconds at most, where charts cannot be renewed.</param>
    public void Show(Chart chart, string line)
    {
        ArgumentNullException.ThrowIfNull(chart);
        Show(() => chart, () => line);
    }

    /// <summary>The chart is another one from now on.</summary>
    /// <param name="chart">Makes the chart, when it is drawn; it may be called late and from another thread.</param>
    /// <param name="line">Makes the line.</param>
    internal void Show(Func<Chart> chart, Func<string> line)
    {
        lock (gate)
        {
            draw = chart;
            if (shown != 0 && Stopwatch.GetElapsedTime(shown) < pause)
                return;

            pause = BetweenDrawings;
            if (!LiveDisplay.Show(this))
            {
                pause = BetweenLines;
                Console.WriteLine(line());
            }

            shown = Stopwatch.GetTimestamp();
        }
    }

    /// <inheritdoc/>
    public override string ToText() => Chart.ToText();

    /// <inheritdoc/>
    public override string ToHtml() => Chart.ToHtml();

    /// <inheritdoc/>
    public override string? ToMime(string mimeType) => Chart.ToMime(mimeType);
}
