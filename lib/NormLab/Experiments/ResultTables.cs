using System.Globalization;
using NormLab.Rendering;
using NormLab.Training;

namespace NormLab.Experiments;

/// <summary>The tables of an experiment. Every cell has the median of the seeds and their range; runs that diverged rank last.</summary>
public static class ResultTables
{
    /// <summary>The late training loss, arms by learning rates.</summary>
    public static Table LossTable(this ExperimentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.TableOf($"mean training loss of the last {result.LateSteps} steps", run => run.LateLoss(result.LateSteps));
    }

    /// <summary>The final test accuracy, arms by learning rates.</summary>
    public static Table AccuracyTable(this ExperimentResult result) => result.TableOf("test accuracy", run => run.TestAccuracy);

    /// <summary>Any statistic, arms by learning rates.</summary>
    /// <param name="result">The experiment.</param>
    /// <param name="title">What the statistic is, with its unit.</param>
    /// <param name="statistic">The statistic of a run.</param>
    public static Table TableOf(this ExperimentResult result, string title, Func<TrainingRun, double> statistic)
    {
        ArgumentNullException.ThrowIfNull(result);
        var table = new Table([title, .. result.LearningRates.Select(rate => $"rate {Cell.Number(rate)}")]);
        return result.Arms.Aggregate(table, (rows, arm) =>
            rows.Row([arm, .. result.LearningRates.Select(rate => Spread(result.Column(arm, statistic, rate)))]));
    }

    /// <summary>Each arm at its own best rate: the rate, late training loss, test accuracy, and how many of all its runs diverged.</summary>
    public static Table BestTable(this ExperimentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Table.Of(result.Arms,
            ("arm", arm => arm),
            ("best rate", arm => result.BestRate(arm)),
            ($"mean training loss of the last {result.LateSteps} steps", arm => Spread(result.LateLosses(arm, result.BestRate(arm)))),
            ("test accuracy", arm => Spread(result.TestAccuracies(arm, result.BestRate(arm)))),
            ("runs that diverged", arm => result.Runs.Count(run => run.Arm == arm && run.Training.Diverged)));
    }

    internal static string Spread(double[] values)
    {
        var sorted = values.Select(value => double.IsNaN(value) ? double.PositiveInfinity : value).Order().ToArray();
        var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return sorted.Length == 1 ? Text(median) : $"{Text(median)} ({Text(sorted[0])} to {Text(sorted[^1])})";

        static string Text(double value) => double.IsFinite(value) ? value.ToString("G4", CultureInfo.InvariantCulture) : "∞";
    }
}
