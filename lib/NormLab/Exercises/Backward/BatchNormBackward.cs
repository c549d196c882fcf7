using static NormLab.Exercises.BackwardMisconceptions;
using static TorchSharp.torch;
using Answer = System.Func<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, double, (TorchSharp.torch.Tensor Dx, TorchSharp.torch.Tensor Dgamma, TorchSharp.torch.Tensor Dbeta)>;

namespace NormLab.Exercises;

internal static class BatchNormBackward
{
    private static readonly long[] Batch = [0];

    public static readonly Exercise<Answer> Sheet = new()
    {
        Title = "The backward pass of batch norm",
        Statement = "y = γx̂ + β with x of shape (N, C), in training. From dy = ∂L/∂y of shape (N, C), x, γ of shape (C) and ε compute dx, dγ and dβ.",
        Difficulty = 2,
        Trains = "the derivation that interviewers ask for on a whiteboard",
        Hints =
        [
            "x reaches the loss on three paths: directly, through μ, and through σ². dγ and dβ are sums over the samples.",
            "With dx̂ = γ·dy the result is dx = rstd·(dx̂ − mean(dx̂) − x̂·mean(dx̂·x̂)), means over the batch.",
            "Compute xhat and rstd as in the forward pass; then `dxhat = dy * gamma`, `dgamma = (dy * xhat).sum([0L])`, `dbeta = dy.sum([0L])`, and dx in one line.",
        ],
        Observe = (answer, trial) =>
        {
            var (dx, dgamma, dbeta) = answer(
                trial.Give("dy", Sample.Uneven(24, 6, 3)), trial.Give("x", Sample.Uneven(25, 6, 3)), trial.Give("γ", Sample.Positive(26, 3)), 0.4);
            trial.Take("dγ", dgamma);
            trial.Take("dβ", dbeta);
            trial.Take("dx", dx);
        },
        Solution = (dy, x, gamma, eps) => Backward(dy, x, gamma, eps, Brackets.Right),
        Suspects =
        [
            .. Brackets.Suspects<Answer>(bracket => (dy, x, gamma, eps) => Backward(dy, x, gamma, eps, bracket)),
            Wrong(GammaForgottenBack, right => (right.Dx / right.Gamma, right.Dgamma, right.Dbeta)),
            Wrong(GammaTwiceBack, right => (right.Dx * right.Gamma, right.Dgamma, right.Dbeta)),
            Wrong(RstdForgotten, right => (right.Dx / right.Rstd, right.Dgamma, right.Dbeta)),
            Wrong(BetaAveraged, right => (right.Dx, right.Dgamma, right.Dbeta / right.X.shape[0])),
            Wrong(GammaGradientAveraged, right => (right.Dx, right.Dgamma / right.X.shape[0], right.Dbeta)),
            Wrong(GammaGradientOfInput, right => (right.Dx, (right.Dy * right.X).sum(Batch), right.Dbeta)),
            Wrong(GammaGradientScaled, right => (right.Dx, right.Dgamma * right.Gamma, right.Dbeta)),
        ],
    };

    private sealed record Terms(Tensor Dy, Tensor X, Tensor Gamma, Tensor Rstd, Tensor Dx, Tensor Dgamma, Tensor Dbeta);

    private static Suspect<Answer> Wrong(Misconception misconception, Func<Terms, (Tensor, Tensor, Tensor)> spoiled) => new(misconception, (dy, x, gamma, eps) =>
    {
        var (dx, dgamma, dbeta) = Backward(dy, x, gamma, eps, Brackets.Right);
        return spoiled(new(dy, x, gamma, Recipe.Rstd(x, Batch, eps), dx, dgamma, dbeta));
    });

    private static (Tensor Dx, Tensor Dgamma, Tensor Dbeta) Backward(Tensor dy, Tensor x, Tensor gamma, double eps, Bracket bracket)
    {
        var xhat = Recipe.Normalize(x, Batch, eps);
        return (Recipe.Rstd(x, Batch, eps) * bracket(gamma * dy, xhat, Batch), (dy * xhat).sum(Batch), dy.sum(Batch));
    }
}
