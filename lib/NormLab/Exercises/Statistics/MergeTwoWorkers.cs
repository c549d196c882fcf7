using NormCore;
using static NormLab.Exercises.MergeMisconceptions;
using static TorchSharp.torch;
using Answer = System.Func<NormCore.Moments, NormCore.Moments, NormCore.Moments>;

namespace NormLab.Exercises;

internal static class MergeTwoWorkers
{
    public static readonly Exercise<Answer> Sheet = new()
    {
        Title = "Merge the statistics of two workers",
        Statement = "From the moments (Mean, Variance with divisor m, Count) of a's samples and of b's, without the samples, compute the moments of all of them together: what a synchronized batch norm needs.",
        Difficulty = 2,
        Trains = "variance within and variance between (Chan, Golub and LeVeque 1983)",
        Hints =
        [
            "Two workers, each with constant data, but another constant: both variances are 0. What is the variance of all?",
            "Sums add up: Σx = n_a μ_a + n_b μ_b. And Σ(x − μ)² of all is the sum within a, within b, and n_a·n_b/n·(μ_b − μ_a)² between.",
            "With `n = a.Count + b.Count` and `delta = b.Mean - a.Mean`: `mean = a.Mean + delta * b.Count / n` and `M2 = a.Variance * a.Count + b.Variance * b.Count + delta² * a.Count * b.Count / n`. Mind integer division.",
        ],
        Observe = (answer, trial) =>
        {
            var a = new Moments(trial.Give("a.Mean", Sample.Normal(20, 3)), trial.Give("a.Variance", Sample.Positive(21, 3)), 3);
            var b = new Moments(trial.Give("b.Mean", Sample.Normal(22, 3)), trial.Give("b.Variance", Sample.Positive(23, 3)), 9);
            var merged = Trial.There("What Merge returned", answer(a, b));
            trial.Take("mean", merged.Mean);
            trial.Take("variance", merged.Variance);
            trial.Take("count", merged.Count);
        },
        Solution = (a, b) => a.Merge(b),
        Suspects =
        [
            new(SpreadForgotten, (a, b) => a.Merge(b) with { Variance = Mix(a, b, moments => moments.Variance, Share(a, b)) }),
            new(CountsIgnored, (a, b) => (a with { Count = 1 }).Merge(b with { Count = 1 }) with { Count = a.Count + b.Count }),
            new(PlainAverages, (a, b) => new(Mix(a, b, moments => moments.Mean, 0.5), Mix(a, b, moments => moments.Variance, 0.5), a.Count + b.Count)),
            new(SpreadOverCount, (a, b) => a.Merge(b) with
            {
                Variance = Mix(a, b, moments => moments.Variance, Share(a, b)) + (b.Mean - a.Mean).square() * (Share(a, b) * b.Count),
            }),
            new(Pooled, (a, b) => Scaled(a, b, less: 1)),
            new(Pooled, (a, b) => Scaled(a, b, less: 2)),
            new(DeviationsAveraged, (a, b) => a.Merge(b) with { Variance = Mix(a, b, moments => moments.Variance.sqrt(), Share(a, b)).square() }),
            // The share of b's count, or of the product of both, cut off; in the mean, in the variance, or in both.
            new(IntegerDivision, (a, b) => a.Merge(b) with { Mean = a.Mean.clone() }),
            new(IntegerDivision, (a, b) => Cut(a, b) with { Mean = a.Mean.clone() }),
            new(IntegerDivision, Cut),
            new(IntegerDivision, (a, b) => new(zeros_like(a.Mean), zeros_like(a.Mean), a.Count + b.Count)),
            new(CountNotSummed, (a, b) => a.Merge(b) with { Count = a.Count }),
            new(CountNotSummed, (a, b) => a.Merge(b) with { Count = b.Count }),
        ],
    };

    private static Moments Cut(Moments a, Moments b)
    {
        var n = a.Count + b.Count;
        var squared = a.SquaredDeviations + b.SquaredDeviations + (b.Mean - a.Mean).square() * (a.Count * b.Count / n);
        return a.Merge(b) with { Variance = squared / n };
    }

    private static double Share(Moments a, Moments b) => (double)a.Count / (a.Count + b.Count);

    private static Tensor Mix(Moments a, Moments b, Func<Moments, Tensor> value, double share) => share * value(a) + (1 - share) * value(b);

    private static Moments Scaled(Moments a, Moments b, int less)
    {
        var merged = a.Merge(b);
        return merged with { Variance = merged.SquaredDeviations / (merged.Count - less) };
    }
}
