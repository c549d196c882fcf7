using System.Collections.Immutable;
using NormLab.Rendering;
using NormLab.Training;

namespace NormLab.Experiments;

/// <summary>All runs of an experiment, as plain numbers. Columns are in the order of <see cref="Seeds"/>, so those of two arms are paired.</summary>
/// <param name="Runs">The runs.</param>
public sealed record ExperimentResult(ImmutableArray<ArmRun> Runs) : RichValue
{
    /// <summary>The steps at the end of a run whose mean training loss is its late loss.</summary>
    public required int LateSteps { get; init; }

    /// <summary>The arms' names.</summary>
    public ImmutableArray<string> Arms => [.. Runs.Select(run => run.Arm).Distinct()];

    /// <summary>The learning rates, ascending.</summary>
    public ImmutableArray<double> LearningRates => [.. Runs.Select(run => run.LearningRate).Distinct().Order()];

    /// <summary>The seeds.</summary>
    public ImmutableArray<int> Seeds => [.. Runs.Select(run => run.Seed).Distinct()];

    /// <summary>The runs of an arm at a rate, one per seed.</summary>
    /// <param name="arm">The arm's name.</param>
    /// <param name="rate">The learning rate; null where there is only one.</param>
    /// <exception cref="ArgumentException">There is no such arm or rate, or no rate was named and there are several.</exception>
    public ImmutableArray<TrainingRun> Of(string arm, double? rate = null)
    {
        if (rate is null && LearningRates.Length > 1)
            throw new ArgumentException($"The experiment has the learning rates {Text(LearningRates)}: name one, or use BestRate.", nameof(rate));
        var runs = Runs.Where(run => run.Arm == arm && (rate is null || run.LearningRate == rate)).Select(run => run.Training).ToImmutableArray();
        return !runs.IsEmpty ? runs
            : throw new ArgumentException($"There is no run of the arm '{arm}' at the rate {(rate is { } r ? Cell.Number(r) : "given")}; the arms are {string.Join(", ", Arms)}, the rates {Text(LearningRates)}.", nameof(arm));
    }

    /// <summary>A statistic of an arm at a rate, one number per seed.</summary>
    public double[] Column(string arm, Func<TrainingRun, double> statistic, double? rate = null) => [.. Of(arm, rate).Select(statistic)];

    /// <summary>The late training loss, one number per seed; +∞ for a run that diverged.</summary>
    public double[] LateLosses(string arm, double? rate = null) => Column(arm, run => run.LateLoss(LateSteps), rate);

    /// <summary>The final share of test images that are right, one number per seed.</summary>
    public double[] TestAccuracies(string arm, double? rate = null) => Column(arm, run => run.TestAccuracy, rate);

    /// <summary>The training losses step by step, one row per seed, +∞ from where a run diverged: for <c>Plot.Seeds</c>.</summary>
    public double[][] Losses(string arm, double? rate = null)
    {
        var steps = Runs.Max(run => run.Training.Losses.Length);
        return [.. Of(arm, rate).Select(run => Padded(run.Diverged ? run.Losses[..^1] : run.Losses, steps))];
    }

    /// <summary>What observers recorded under a name, one row per seed, +∞ from where a run diverged.</summary>
    public double[][] Recorded(string arm, string name, double? rate = null)
    {
        var steps = RecordedSteps(name).Length;
        return [.. Of(arm, rate).Select(run => Padded(run.Recorded.TryGetValue(name, out var series) ? series.Values : [], steps))];
    }

    /// <summary>The steps at which something was recorded under a name: those of the run that lasted longest.</summary>
    /// <exception cref="ArgumentException">No run recorded it.</exception>
    public double[] RecordedSteps(string name) => Runs
        .Select(run => run.Training.Recorded.GetValueOrDefault(name)).OfType<StepSeries>()
        .MaxBy(series => series.Steps.Length)?.Steps.ToArray()
        ?? throw new ArgumentException($"No run recorded '{name}'; recorded were: {string.Join(", ", Runs.SelectMany(run => run.Training.Recorded.Keys).Distinct())}.", nameof(name));

    /// <inheritdoc/>
    public override string ToText() => this.LossTable().ToText();

    /// <inheritdoc/>
    public override string ToHtml() => this.LossTable().ToHtml();

    /// <inheritdoc/>
    public override string? ToMime(string mimeType) => this.LossTable().ToMime(mimeType);

    private static double[] Padded(ImmutableArray<double> values, int length) =>
        [.. values, .. Enumerable.Repeat(double.PositiveInfinity, length - values.Length)];

    private static string Text(IEnumerable<double> rates) => string.Join(", ", rates.Select(Cell.Number));
}
