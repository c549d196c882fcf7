using static NormLab.Exercises.RunningMisconceptions;
using static TorchSharp.torch;
using Answer = System.Func<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, bool, double, TorchSharp.torch.Tensor>;

namespace NormLab.Exercises;

internal static class TwoModes
{
    public static readonly Exercise<Answer> Sheet = new()
    {
        Title = "One layer, two functions",
        Statement = "From x of shape (N, C), the running mean and running variance of shape (C), the mode (training: true or false) and ε compute x̂; autograd must be able to differentiate it.",
        Difficulty = 2,
        Trains = "which statistics belong to which mode, and that those of the batch have a gradient",
        Hints =
        [
            "In evaluation the layer is a fixed affine map: N = 1 must work, and another sample in the batch must not matter.",
            "In training the statistics are functions of x, and autograd follows them by itself unless you stop it: no detach(), no no_grad().",
            "`var mean = training ? x.mean([0L]) : runningMean;`, the same for the variance, and one formula for both modes.",
        ],
        Observe = (answer, trial) =>
        {
            var x = trial.Give("x", Sample.Uneven(16, 6, 3)).requires_grad_();
            var (mean, variance) = (trial.Give("running mean", Sample.Normal(17, 3)), trial.Give("running variance", Sample.Positive(18, 3)));
            var training = answer(x, mean, variance, true, 0.4);
            trial.Take("x̂ in training", training);
            trial.Take("x̂ in evaluation", answer(x, mean, variance, false, 0.4));
            trial.Take("dx in training", Gradient(training, x));
        },
        Solution = (x, mean, variance, training, eps) => Of(x, mean, variance, training, eps),
        Suspects =
        [
            .. Divisors.Suspects<Answer>(divisor => (x, mean, variance, training, eps) => training ? Batch(x, eps, divisor) : Fixed(x, mean, variance, eps)),
            .. Divisors.Suspects<Answer>(divisor => (x, mean, variance, training, eps) => training ? Batch(x, eps, divisor) : (x - mean) / divisor(variance, double.PositiveInfinity, eps))
                .Where(suspect => !suspect.Misconceptions.Contains(DivisorMisconceptions.Unbiased)),
            new(DeviationRead, (x, mean, variance, training, eps) => training ? Batch(x, eps) : (x - mean) / (variance + eps)),
            new(DeviationRead, (x, mean, variance, training, eps) => training ? Batch(x, eps) : (x - mean) / (variance.square() + eps).sqrt()),
            new(RunningInTraining, (x, mean, variance, _, eps) => Fixed(x, mean, variance, eps)),
            new(BatchInEvaluation, (x, _, _, _, eps) => Batch(x, eps)),
            new(ModesExchanged, (x, mean, variance, training, eps) => Of(x, mean, variance, !training, eps)),
            new(StatisticsDetached, (x, mean, variance, training, eps) =>
                training ? (x - x.mean([0L]).detach()) * Recipe.Rstd(x, [0], eps).detach() : Fixed(x, mean, variance, eps)),
            new(GradientCut, (x, mean, variance, training, eps) => Of(x.detach(), mean, variance, training, eps)),
        ],
    };

    private static Tensor Of(Tensor x, Tensor mean, Tensor variance, bool training, double eps) => training ? Batch(x, eps) : Fixed(x, mean, variance, eps);

    private static Tensor Batch(Tensor x, double eps, Divisor? divisor = null) => Recipe.Normalize(x, [0], eps, divisor);

    private static Tensor Fixed(Tensor x, Tensor mean, Tensor variance, double eps) => (x - mean) / (variance + eps).sqrt();

    private static Tensor Gradient(Tensor y, Tensor x)
    {
        if (!y.requires_grad)
            return zeros_like(x);
        (y * Sample.Normal(19, y.shape)).sum().backward();
        return x.grad ?? zeros_like(x);
    }
}
