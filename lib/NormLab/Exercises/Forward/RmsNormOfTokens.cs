using static NormLab.Exercises.AffineMisconceptions;
using static NormLab.Exercises.AxisMisconceptions;
using static NormLab.Exercises.MomentMisconceptions;
using static TorchSharp.torch;
using Answer = System.Func<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, double, TorchSharp.torch.Tensor>;

namespace NormLab.Exercises;

internal static class RmsNormOfTokens
{
    public static readonly Exercise<Answer> Sheet = new()
    {
        Title = "RMSNorm",
        Statement = "From x of shape (N, D), γ of shape (D) and ε compute y = γx/√(mean(x²) + ε), the norm of most present language models.",
        Difficulty = 1,
        Trains = "what is left of layer norm without its mean",
        Hints =
        [
            "There is no μ anywhere in it.",
            "The mean is over the features of one row, and of squares: `x.square().mean(…)`.",
            "`gamma * x / (x.square().mean([1L], keepdim: true) + eps).sqrt()`, nearly word for word the formula.",
        ],
        Observe = (answer, trial) => trial.Take("y", answer(trial.Give("x", Sample.Uneven(9, 4, 5)), trial.Give("γ", Sample.Positive(10, 5)), 0.4)),
        Solution = (x, gamma, eps) => gamma * x / Root(x, 1, eps),
        Suspects =
        [
            .. Divisors.Suspects<Answer>(divisor => (x, gamma, eps) => gamma * x / divisor(x.square().mean([1L], true), x.shape[1], eps)),
            new(Centred, (x, gamma, eps) => gamma * Recipe.Normalize(x, [1], eps)),
            new(DeviationOnly, (x, gamma, eps) => gamma * x * Recipe.Rstd(x, [1], eps)),
            new(SumForMean, (x, gamma, eps) => gamma * x / (x.square().sum([1L], true) + eps).sqrt()),
            new(AcrossBatch, (x, gamma, eps) => gamma * x / Root(x, 0, eps)),
            new(OneForAll, (x, gamma, eps) => gamma * x / (x.square().mean() + eps).sqrt()),
            new(OnePlusGamma, (x, gamma, eps) => (1 + gamma) * x / Root(x, 1, eps)),
            new(GammaForgotten, (x, _, eps) => x / Root(x, 1, eps)),
        ],
    };

    private static Tensor Root(Tensor x, long axis, double eps) => (x.square().mean([axis], true) + eps).sqrt();
}
