using static NormLab.Exercises.AxisMisconceptions;
using static NormLab.Exercises.MomentMisconceptions;
using Answer = System.Func<TorchSharp.torch.Tensor, double, TorchSharp.torch.Tensor>;

namespace NormLab.Exercises;

internal static class NormalizeABatch
{
    private static readonly long[] Batch = [0];

    public static readonly Exercise<Answer> Sheet = new()
    {
        Title = "Normalize a batch",
        Statement = "From x of shape (N, C) and ε compute x̂ = (x − μ)/√(σ² + ε) as batch norm does in training.",
        Difficulty = 1,
        Trains = "which elements share a mean, which variance is meant, and where ε stands",
        Hints =
        [
            "Look at one column of x. Its values are samples of one feature; which axis do you walk along?",
            "`x.mean([0L], keepdim: true)` is μ of shape (1, C). Subtract it first; then the variance is a mean of squares.",
            "With `centred = x - mean` the variance is `centred.square().mean([0L], keepdim: true)`, and the divisor `(variance + eps).sqrt()`.",
        ],
        Observe = (answer, trial) =>
        {
            var x = trial.Give("x", Sample.Uneven(1, 6, 4));
            var xhat = answer(x, 0.4);
            trial.Take("x̂", xhat);
            // At 1e8 the square of a value has no digits left for a variance of about one.
            trial.Fact("x̂ keeps its digits where x is far from zero", !(Moved(10) < 1e-6) || Moved(1e8) < 1e-3);

            double Moved(double shift) => answer(x + shift, 0.4) is { } shifted && shifted.shape.SequenceEqual(xhat.shape) ? (shifted - xhat).abs().max().item<double>() : double.NaN;
        },
        Solution = (x, eps) => Recipe.Normalize(x, Batch, eps),
        Suspects =
        [
            .. Divisors.Suspects<Answer>(divisor => (x, eps) => Recipe.Normalize(x, Batch, eps, divisor)),
            new(PerSample, (x, eps) => Recipe.Normalize(x, [1], eps)),
            new(OneForAll, (x, eps) => Recipe.Normalize(x, [0, 1], eps)),
            new(NotCentred, (x, eps) => x * Recipe.Rstd(x, Batch, eps)),
            new(RawSquare, (x, eps) => (x - x.mean(Batch, true)) / (x.square().mean(Batch, true) + eps).sqrt()),
            new(Cancelled, (x, eps) => (x - x.mean(Batch, true)) / (x.square().mean(Batch, true) - x.mean(Batch, true).square() + eps).sqrt()),
        ],
    };
}
