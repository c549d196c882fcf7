using NormCore;
using NormLab.Exercises;
using static TorchSharp.torch;

namespace NormLab.Tests.Exercises;

public class StatisticsTests
{
    private static Tensor V(Tensor x) => (x - x.mean([0L])).square().mean([0L]);

    [Fact]
    public void Update_the_running_statistics()
    {
        var exercise = Exercise.UpdateRunningStatistics;
        Diagnosed.Correct(exercise,
            (mean, variance, x, m) => ((mean + m * (x.mean([0L]) - mean)).detach(), (variance + m * (x.var([0L]) - variance)).detach()),
            (mean, variance, x, m) =>
            {
                var (newMean, newVariance) = (mean.clone(), variance.clone());
                nn.functional.batch_norm(x, newMean, newVariance, training: true, momentum: m);
                return (newMean, newVariance);
            });
        Diagnosed.As(exercise,
            ("momentum the wrong way round", (mean, variance, x, m) => (m * mean + (1 - m) * x.mean([0L]).detach(), m * variance + (1 - m) * x.var([0L]).detach())),
            ("biased variance stored", (mean, variance, x, m) => ((1 - m) * mean + m * x.mean([0L]).detach(), (1 - m) * variance + m * V(x).detach())),
            ("standard deviation stored", (mean, variance, x, m) => ((1 - m) * mean + m * x.mean([0L]).detach(), (1 - m) * variance + m * x.std([0L]).detach())),
            ("no average", (_, _, x, _) => (x.mean([0L]).detach(), x.var([0L]).detach())),
            ("variance around the running mean", (mean, variance, x, m) =>
                ((1 - m) * mean + m * x.mean([0L]).detach(), (1 - m) * variance + m * ((x - mean).square().sum([0L]) / (x.shape[0] - 1)).detach())),
            ("running statistics not detached", (mean, variance, x, m) => ((1 - m) * mean + m * x.mean([0L]), (1 - m) * variance + m * x.var([0L]))),
            ("biased variance stored + running statistics not detached", (mean, variance, x, m) => ((1 - m) * mean + m * x.mean([0L]), (1 - m) * variance + m * V(x))));
        var inPlace = exercise.Check((mean, variance, x, m) => (mean.mul_(1 - m).add_(x.mean([0L]).detach() * m), variance));
        Assert.Contains("changed in place", inPlace.Findings[0].Text);
    }

    [Fact]
    public void One_layer_two_functions()
    {
        static Tensor Batch(Tensor x, double eps) => (x - x.mean([0L])) / (V(x) + eps).sqrt();
        static Tensor Fixed(Tensor x, Tensor mean, Tensor variance, double eps) => (x - mean) / (variance + eps).sqrt();
        var exercise = Exercise.TwoModes;
        Diagnosed.Correct(exercise,
            (x, mean, variance, training, eps) => training ? Batch(x, eps) : Fixed(x, mean, variance, eps),
            (x, mean, variance, training, eps) => nn.functional.batch_norm(x, mean.clone(), variance.clone(), training: training, eps: eps));
        Diagnosed.As(exercise,
            ("running statistics used in training", (x, mean, variance, _, eps) => Fixed(x, mean, variance, eps)),
            ("batch statistics used in evaluation", (x, _, _, _, eps) => Batch(x, eps)),
            ("modes exchanged", (x, mean, variance, training, eps) => training ? Fixed(x, mean, variance, eps) : Batch(x, eps)),
            ("statistics detached in training", (x, mean, variance, training, eps) =>
                training ? Fixed(x, x.mean([0L]).detach(), V(x.detach()), eps) : Fixed(x, mean, variance, eps)),
            ("output cut from the gradient", (x, mean, variance, training, eps) =>
            {
                using var off = no_grad();
                return training ? Batch(x, eps) : Fixed(x, mean, variance, eps);
            }
        ),
            ("running variance read as a standard deviation", (x, mean, variance, training, eps) => training ? Batch(x, eps) : (x - mean) / (variance + eps)),
            ("unbiased variance", (x, mean, variance, training, eps) => training ? (x - x.mean([0L])) / (x.var([0L]) + eps).sqrt() : Fixed(x, mean, variance, eps)),
            ("ε outside the root", (x, mean, variance, training, eps) => training ? (x - x.mean([0L])) / (V(x).sqrt() + eps) : (x - mean) / (variance.sqrt() + eps)));
    }

    [Fact]
    public void Merge_the_statistics_of_two_workers()
    {
        static Tensor Mean(Moments a, Moments b) => (a.Mean * a.Count + b.Mean * b.Count) / (a.Count + b.Count);
        static Tensor Within(Moments a, Moments b) => (a.Variance * a.Count + b.Variance * b.Count) / (a.Count + b.Count);
        static Tensor Between(Moments a, Moments b) => (b.Mean - a.Mean).square() * a.Count * b.Count;
        var exercise = Exercise.MergeTwoWorkers;
        Diagnosed.Correct(exercise,
            (a, b) => new(Mean(a, b), Within(a, b) + Between(a, b) / Math.Pow(a.Count + b.Count, 2), a.Count + b.Count),
            (a, b) => new(Mean(a, b), ((a.Variance + a.Mean.pow(2)) * a.Count + (b.Variance + b.Mean.pow(2)) * b.Count) / (a.Count + b.Count) - Mean(a, b).pow(2), a.Count + b.Count));
        Diagnosed.As(exercise,
            ("spread of the means forgotten", (a, b) => new(Mean(a, b), Within(a, b), a.Count + b.Count)),
            ("plain averages", (a, b) => new((a.Mean + b.Mean) / 2, (a.Variance + b.Variance) / 2, a.Count + b.Count)),
            ("unequal counts ignored", (a, b) => new((a.Mean + b.Mean) / 2, (a.Variance + b.Variance) / 2 + (a.Mean - b.Mean).square() / 4, a.Count + b.Count)),
            ("spread of the means divided once", (a, b) => new(Mean(a, b), Within(a, b) + Between(a, b) / (a.Count + b.Count), a.Count + b.Count)),
            ("pooled estimate", (a, b) => new(Mean(a, b), (Within(a, b) * (a.Count + b.Count) + Between(a, b) / (a.Count + b.Count)) / (a.Count + b.Count - 1), a.Count + b.Count)),
            ("standard deviations averaged", (a, b) => new(Mean(a, b), ((a.Variance.sqrt() * a.Count + b.Variance.sqrt() * b.Count) / (a.Count + b.Count)).square(), a.Count + b.Count)),
            ("integer division", (a, b) => new(a.Mean + (b.Mean - a.Mean) * (b.Count / (a.Count + b.Count)), a.Merge(b).Variance, a.Count + b.Count)),
            ("integer division", (a, b) => new(Mean(a, b), Within(a, b) + (b.Mean - a.Mean).square() * (a.Count * b.Count / (a.Count + b.Count)) / (a.Count + b.Count), a.Count + b.Count)),
            ("count not summed", (a, b) => a.Merge(b) with { Count = b.Count }),
            ("spread of the means forgotten + count not summed", (a, b) => new(Mean(a, b), Within(a, b), a.Count)));
        Assert.Contains("null", exercise.Check((_, _) => null!).Findings[0].Text);
    }
}
