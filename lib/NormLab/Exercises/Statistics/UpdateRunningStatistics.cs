using static NormLab.Exercises.RunningMisconceptions;
using static TorchSharp.torch;
using Answer = System.Func<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, double, (TorchSharp.torch.Tensor Mean, TorchSharp.torch.Tensor Variance)>;

namespace NormLab.Exercises;

internal static class UpdateRunningStatistics
{
    public static readonly Exercise<Answer> Sheet = new()
    {
        Title = "Update the running statistics",
        Statement = "From the running mean and the running variance, both of shape (C), a batch x of shape (N, C) and momentum compute the new running mean and variance of PyTorch, as new tensors that carry no gradient.",
        Difficulty = 2,
        Trains = "what momentum weighs, and which variance is stored",
        Hints =
        [
            "Momentum 0.1 is PyTorch's default. Would an average that forgets nine tenths at every step be of use?",
            "new = (1 − momentum)·old + momentum·batch, for the mean and for the variance; the batch's variance is the unbiased one.",
            "Begin with `var data = x.detach();`, take the variance as a sum of squares over `N - 1`, and return `(1 - momentum) * old + momentum * batch` twice.",
        ],
        Observe = (answer, trial) =>
        {
            var x = trial.Give("x", Sample.Uneven(13, 5, 3)).requires_grad_();
            var (mean, variance) = answer(trial.Give("running mean", Sample.Normal(14, 3)), trial.Give("running variance", Sample.Positive(15, 3)), x, 0.2);
            trial.Take("running mean", mean);
            trial.Take("running variance", variance);
            trial.Fact("the averages carry no gradient", !mean.requires_grad && !variance.requires_grad);
        },
        Solution = (mean, variance, x, momentum) => Averaged(mean, variance, x.detach(), momentum),
        Suspects =
        [
            new(MomentumReversed, (mean, variance, x, momentum) => Averaged(mean, variance, x.detach(), 1 - momentum)),
            new(BiasedStored, (mean, variance, x, momentum) => Averaged(mean, variance, x.detach(), momentum, spread: square => square.mean([0L]))),
            new(DeviationStored, (mean, variance, x, momentum) => Averaged(mean, variance, x.detach(), momentum, spread: square => Unbiased(square).sqrt())),
            new(DeviationStored, (mean, variance, x, momentum) => Averaged(mean, variance, x.detach(), momentum, spread: square => square.mean([0L]).sqrt())),
            new(NotAveraged, (mean, variance, x, _) => Averaged(mean, variance, x.detach(), 1)),
            new(AroundRunningMean, (mean, variance, x, momentum) =>
                (Mix(mean, x.detach().mean([0L]), momentum), Mix(variance, Unbiased((x.detach() - mean).square()), momentum))),
            new(NotDetached, (mean, variance, x, momentum) => Averaged(mean, variance, x, momentum)),
        ],
    };

    private static (Tensor Mean, Tensor Variance) Averaged(Tensor mean, Tensor variance, Tensor x, double momentum, Func<Tensor, Tensor>? spread = null)
    {
        var batchMean = x.mean([0L]);
        return (Mix(mean, batchMean, momentum), Mix(variance, (spread ?? Unbiased)((x - batchMean).square()), momentum));
    }

    private static Tensor Unbiased(Tensor square) => square.sum([0L]) / (square.shape[0] - 1);

    private static Tensor Mix(Tensor old, Tensor batch, double momentum) => (1 - momentum) * old + momentum * batch;
}
