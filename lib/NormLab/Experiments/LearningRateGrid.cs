using NormLab.Training;

namespace NormLab.Experiments;

/// <summary>What an experiment says about learning rates.</summary>
public static class LearningRateGrid
{
    /// <summary>The rate of the grid with the lowest late training loss, mean over the seeds; the lower of two that are equal.</summary>
    /// <remarks>
    /// A rate at which one seed diverged has an infinite mean. Best rates are chosen and judged on the same seeds, so a best-against-best
    /// comparison flatters every arm a little, and all of them alike: the grid is shared.
    /// </remarks>
    public static double BestRate(this ExperimentResult result, string arm)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.LearningRates.MinBy(rate => result.LateLosses(arm, rate).Average());
    }

    /// <summary>A statistic of an arm at its <see cref="BestRate"/>, one number per seed: for best against best.</summary>
    public static double[] BestColumn(this ExperimentResult result, string arm, Func<TrainingRun, double> statistic)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Column(arm, statistic, result.BestRate(arm));
    }

    /// <summary>A statistic over the grid, one row per seed: for <c>Plot.Seeds</c> over <see cref="ExperimentResult.LearningRates"/>.</summary>
    public static double[][] OverRates(this ExperimentResult result, string arm, Func<TrainingRun, double> statistic)
    {
        ArgumentNullException.ThrowIfNull(result);
        var columns = result.LearningRates.Select(rate => result.Column(arm, statistic, rate)).ToArray();
        return [.. Enumerable.Range(0, result.Seeds.Length).Select(seed => columns.Select(column => column[seed]).ToArray())];
    }

    /// <summary>
    /// The largest useful rate of an arm, one per seed. A rate of the grid is useful when the late training loss L of that seed satisfies
    /// L ≤ min(L_best + margin, level), with L_best the arm's own lowest with this seed; NaN where no rate is.
    /// </summary>
    /// <remarks>
    /// The margin alone would call every rate useful for an arm that learns at none, and a level alone would compare how well arms
    /// fit instead of how large a step they bear. Rates are compared on a logarithmic scale.
    /// </remarks>
    /// <param name="result">The experiment.</param>
    /// <param name="arm">The arm's name.</param>
    /// <param name="margin">How much worse than its best an arm may be, in the unit of the loss.</param>
    /// <param name="level">The loss that counts as having learned, shared by all arms; guessing among ten classes has ln 10 = 2.30 nats.</param>
    public static double[] LargestUsefulRates(this ExperimentResult result, string arm, double margin, double level)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        return [.. result.OverRates(arm, run => run.LateLoss(result.LateSteps)).Select(Largest)];

        double Largest(double[] losses)
        {
            var limit = Math.Min(losses.Min() + margin, level);
            var useful = result.LearningRates.Where((_, i) => losses[i] <= limit && double.IsFinite(losses[i]));
            return useful.LastOrDefault(double.NaN);
        }
    }
}
