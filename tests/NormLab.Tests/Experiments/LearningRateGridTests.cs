using System.Collections.Immutable;
using NormLab.Experiments;
using NormLab.Training;

namespace NormLab.Tests.Experiments;

public class LearningRateGridTests
{
    private const double Diverged = double.PositiveInfinity;

    private static readonly double[] Rates = [0.1, 0.3, 1, 3];

    // Late losses by rate, for two seeds. Accuracy is 1 − loss/10.
    private static readonly ExperimentResult Result = Of(
        ("wide", [[1.5, 1.2, 1.0, 1.1], [1.6, 1.3, 1.2, 1.05]]),
        ("narrow", [[1.4, 1.55, 2.2, Diverged], [1.5, 1.45, Diverged, Diverged]]),
        ("lame", [[2.3, 2.3, 2.3, 2.3], [2.3, 2.3, 2.3, 2.3]]));

    [Fact]
    public void The_best_rate_has_the_lowest_mean_and_a_seed_that_diverged_rules_a_rate_out()
    {
        Assert.Equal(3, Result.BestRate("wide"));
        Assert.Equal(0.1, Result.BestRate("narrow"));
        Assert.Equal(0.1, Result.BestRate("lame"));
    }

    [Fact]
    public void The_largest_useful_rate_is_near_the_arms_best_and_has_learned()
    {
        Assert.Equal([3, 3], Result.LargestUsefulRates("wide", margin: 0.2, level: 2));
        Assert.Equal([1, 3], Result.LargestUsefulRates("wide", margin: 0.05, level: 2));
        Assert.Equal([0.3, 0.3], Result.LargestUsefulRates("narrow", margin: 0.2, level: 2));
        Assert.Equal([double.NaN, double.NaN], Result.LargestUsefulRates("lame", margin: 0.2, level: 2));
    }

    [Fact]
    public void An_arm_that_always_diverges_has_no_useful_rate() =>
        Assert.Equal([double.NaN], Of(("none", [[Diverged, Diverged, Diverged, Diverged]])).LargestUsefulRates("none", 0.2, 2));

    [Fact]
    public void Columns_are_in_the_order_of_the_seeds_at_equal_and_at_best_rates()
    {
        Assert.Equal([1.2, 1.3], Result.LateLosses("wide", 0.3));
        Assert.Equal([1.1, 1.05], Result.BestColumn("wide", run => run.LateLoss(1)));
        Assert.Equal([[1.4, 1.55, 2.2, Diverged], [1.5, 1.45, Diverged, Diverged]], Result.OverRates("narrow", run => run.LateLoss(1)));
    }

    [Fact]
    public void Loss_curves_are_equally_long_and_infinite_from_where_a_run_diverged() =>
        Assert.Equal([[2.5, 2.2], [2.5, Diverged]], Result.Losses("narrow", 1));

    [Fact]
    public void A_rate_or_arm_that_does_not_exist_is_answered_with_those_that_do()
    {
        Assert.Contains("wide, narrow, lame", Assert.Throws<ArgumentException>(() => Result.Of("broad", 1)).Message);
        Assert.Contains("0.1, 0.3, 1, 3", Assert.Throws<ArgumentException>(() => Result.Of("wide")).Message);
    }

    [Fact]
    public void Tables_show_median_and_range_and_divergence_last()
    {
        Assert.Equal("1.1 (1 to 1.2)", Result.LossTable().Rows[0][3]);
        Assert.Equal("∞ (2.2 to ∞)", Result.LossTable().Rows[1][3]);
        var best = Result.BestTable();
        Assert.Equal(["wide", 3.0, "1.075 (1.05 to 1.1)", "0.8925 (0.89 to 0.895)", 0], best.Rows[0]);
        Assert.Equal(3, best.Rows[1][^1]);
    }

    private static ExperimentResult Of(params (string Arm, double[][] LateLosses)[] arms) => new(
    [.. from arm in arms
        from rate in Enumerable.Range(0, Rates.Length)
        from seed in Enumerable.Range(0, arm.LateLosses.Length)
        select new ArmRun(arm.Arm, Rates[rate], seed, Training(arm.LateLosses[seed][rate]))])
    {
        LateSteps = 1,
    };

    private static TrainingRun Training(double loss) => new(
        new(), double.IsInfinity(loss) ? [2.5, double.NaN] : [2.5, loss], ImmutableArray.Create(new Evaluation(loss, 1 - loss / 10)), double.IsInfinity(loss));
}
