using static NormLab.Exercises.BackwardMisconceptions;
using static TorchSharp.torch;
using Answer = System.Func<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, double, (TorchSharp.torch.Tensor Dx, TorchSharp.torch.Tensor Dgamma)>;

namespace NormLab.Exercises;

internal static class LayerNormBackward
{
    private static readonly long[] Features = [1];

    public static readonly Exercise<Answer> Sheet = new()
    {
        Title = "The backward pass of layer norm",
        Statement = "y = γx̂ + β with x of shape (N, D) and statistics of each row. From dy of shape (N, D), x, γ of shape (D) and ε compute dx and dγ.",
        Difficulty = 2,
        Trains = "why batch norm's formula is not simply turned on its side",
        Hints =
        [
            "Two axes again: the means in dx run where the statistics run, and dγ sums where γ is shared.",
            "γ differs between the members of a set. Where does it stand, relative to the means?",
            "`dxhat = dy * gamma` first; the means of dxhat and of dxhat * xhat over axis 1; `dgamma = (dy * xhat).sum([0L])`.",
        ],
        Observe = (answer, trial) =>
        {
            var (dx, dgamma) = answer(
                trial.Give("dy", Sample.Uneven(27, 4, 5)), trial.Give("x", Sample.Uneven(28, 4, 5)), trial.Give("γ", Sample.Positive(29, 5)), 0.4);
            trial.Take("dγ", dgamma);
            trial.Take("dx", dx);
        },
        Solution = (dy, x, gamma, eps) => Backward(dy, x, gamma, eps, Brackets.Right),
        Suspects =
        [
            .. Brackets.Suspects<Answer>(bracket => (dy, x, gamma, eps) => Backward(dy, x, gamma, eps, bracket)),
            new(GammaInFront, (dy, x, gamma, eps) => Backward(dy, x, gamma, eps, (_, xhat, axes) => gamma * Brackets.Right(dy, xhat, axes))),
            new(GammaForgottenBack, (dy, x, gamma, eps) => Backward(dy, x, gamma, eps, (_, xhat, axes) => Brackets.Right(dy, xhat, axes))),
            new(GammaTwiceBack, (dy, x, gamma, eps) => Backward(dy, x, gamma, eps, (dxhat, xhat, axes) => Brackets.Right(gamma * dxhat, xhat, axes))),
            new(RstdForgotten, (dy, x, gamma, eps) => Backward(dy, x, gamma, eps, (dxhat, xhat, axes) => Brackets.Right(dxhat, xhat, axes) / Recipe.Rstd(x, axes, eps))),
            new(BatchAxisBack, (dy, x, gamma, eps) => Backward(dy, x, gamma, eps, (dxhat, xhat, _) => Brackets.Right(dxhat, xhat, [0]))),
            new(GammaGradientAveraged, (dy, x, gamma, eps) => Averaged(Backward(dy, x, gamma, eps, Brackets.Right), x.shape[0])),
            new(GammaGradientOfInput, (dy, x, gamma, eps) => Backward(dy, x, gamma, eps, Brackets.Right) with { Dgamma = (dy * x).sum([0L]) }),
        ],
    };

    private static (Tensor Dx, Tensor Dgamma) Averaged((Tensor Dx, Tensor Dgamma) right, long count) => (right.Dx, right.Dgamma / count);

    private static (Tensor Dx, Tensor Dgamma) Backward(Tensor dy, Tensor x, Tensor gamma, double eps, Bracket bracket)
    {
        var xhat = Recipe.Normalize(x, Features, eps);
        return (Recipe.Rstd(x, Features, eps) * bracket(gamma * dy, xhat, Features), (dy * xhat).sum([0L]));
    }
}
