using static NormLab.Exercises.AffineMisconceptions;
using static NormLab.Exercises.AxisMisconceptions;
using Answer = System.Func<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, double, TorchSharp.torch.Tensor>;

namespace NormLab.Exercises;

internal static class LayerNormOfTokens
{
    public static readonly Exercise<Answer> Sheet = new()
    {
        Title = "Layer norm of tokens",
        Statement = "From x of shape (N, T, D), γ and β of shape (D) and ε compute y = γx̂ + β as the layer norm of a Transformer does.",
        Difficulty = 1,
        Trains = "that only the axes differ between batch norm and layer norm",
        Hints =
        [
            "Shuffle the sentences of the batch, or cut the sentence short: the output of a token that is still there must not change.",
            "Every token (n, t) has a mean and a variance of its own, over its D features.",
            "The axis is the last one: `x.mean([-1L], keepdim: true)` has shape (N, T, 1). γ and β line up by themselves.",
        ],
        Observe = (answer, trial) => trial.Take("y", answer(
            trial.Give("x", Sample.Uneven(5, 3, 4, 5)), trial.Give("γ", Sample.Positive(6, 5)), trial.Give("β", Sample.Normal(7, 5)), 0.4)),
        Solution = (x, gamma, beta, eps) => Recipe.Normalize(x, [2], eps) * gamma + beta,
        Suspects =
        [
            .. Divisors.Suspects<Answer>(divisor => (x, gamma, beta, eps) => Recipe.Normalize(x, [2], eps, divisor) * gamma + beta),
            new(AcrossTime, (x, gamma, beta, eps) => Recipe.Normalize(x, [1, 2], eps) * gamma + beta),
            new(AcrossBatch, (x, gamma, beta, eps) => Recipe.Normalize(x, [0, 1], eps) * gamma + beta),
            new(OverPositions, (x, gamma, beta, eps) => Recipe.Normalize(x, [1], eps) * gamma + beta),
            new(OneForAll, (x, gamma, beta, eps) => Recipe.Normalize(x, [0, 1, 2], eps) * gamma + beta),
            new(GammaForgotten, (x, _, beta, eps) => Recipe.Normalize(x, [2], eps) + beta),
            new(BetaForgotten, (x, gamma, _, eps) => Recipe.Normalize(x, [2], eps) * gamma),
            new(BetaScaled, (x, gamma, beta, eps) => (Recipe.Normalize(x, [2], eps) + beta) * gamma),
        ],
    };
}
