using System.Collections.Immutable;
using System.Globalization;
using NormLab.Charts;
using NormLab.Rendering;

namespace NormLab.Training;

/// <summary>
/// The training losses of runs, drawn while they train.
/// <code>
/// var curves = new LossCurves("Batch norm trains faster");
/// Trainer.Train(network, data.Train, data.Test, options, observers: [curves.Of("batch norm")]);
/// curves.Chart
/// </code>
/// </summary>
/// <remarks>The losses are those that training computes anyway. Looking at a step costs what every <see cref="StepObserver"/> costs, a copy of the network.</remarks>
public sealed class LossCurves
{
    // An object and not a Lock: an interrupted cell is aborted wherever it stands, and a Lock could stay locked for ever.
    private readonly object gate = new();
    private readonly Plot axes;
    private ImmutableList<Curve> curves = [];

    /// <param name="title">The finding.</param>
    public LossCurves(string title)
    {
        axes = new Plot(title, "step", "training loss");
        Chart = new LiveChart(axes);
    }

    /// <summary>The chart; the last expression of the cell that trains.</summary>
    public LiveChart Chart { get; }

    /// <summary>Follows one run, which needs an observer of its own.</summary>
    /// <param name="name">The run's name in the legend; a method's name decides the colour.</param>
    /// <param name="every">Every how many steps, from step 0.</param>
    /// <exception cref="ArgumentException">Another run has this name.</exception>
    public StepObserver Of(string name, int every = 5)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        int index;
        lock (gate)
        {
            if (curves.Exists(curve => curve.Name == name))
                throw new ArgumentException($"There is a curve '{name}' already; each run is a line of its own, so give it a name of its own, such as '{name}, seed 2'.", nameof(name));

            index = curves.Count;
            curves = curves.Add(new(name, [], []));
        }

        return new($"loss curve of {name}", step => step % every == 0) { BeforeUpdate = step => Add(index, step.Number, step.BatchLoss) };
    }

    private void Add(int index, int step, double loss)
    {
        lock (gate)
        {
            var curve = curves[index];
            var now = curves = curves.SetItem(index, curve with { Steps = curve.Steps.Add(step), Losses = curve.Losses.Add(loss) });
            Chart.Show(
                () => now.Where(drawn => !drawn.Steps.IsEmpty).Aggregate(axes, (plot, drawn) => plot.Line(drawn.Name, drawn.Steps, drawn.Losses)),
                () => string.Create(CultureInfo.InvariantCulture, $"{curve.Name}, step {step}: training loss {Cell.Number(loss)}"));
        }
    }

    private sealed record Curve(string Name, ImmutableList<double> Steps, ImmutableList<double> Losses);
}
