using static NormLab.Exercises.PaddingMisconceptions;
using static TorchSharp.torch;
using Answer = System.Func<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, double, TorchSharp.torch.Tensor>;

namespace NormLab.Exercises;

internal static class PaddedSequences
{
    private static readonly long[] Values = [0, 1];

    public static readonly Exercise<Answer> Sheet = new()
    {
        Title = "Batch norm of padded sequences",
        Statement = "From x of shape (N, T, C), a mask of shape (N, T) with 1 where a value is there and 0 in the padding, and ε compute x̂ of batch norm over the values that are there; the output is 0 in the padding.",
        Difficulty = 2,
        Trains = "which values belong into a statistic",
        Hints =
        [
            "Change what stands in the padding: nothing of the output may change. Append a column of padding: again nothing.",
            "The mean is Σ mask·x / Σ mask. The variance needs the mask a second time, since 0 − μ is not 0.",
            "With `m = mask.unsqueeze(-1)`: `mean = (x * m).sum([0L, 1], true) / m.sum()`, `centred = (x - mean) * m`, and the variance is the sum of its squares over `m.sum()`.",
        ],
        Observe = (answer, trial) =>
        {
            var mask = trial.Give("mask", tensor(new double[,] { { 1, 1, 0, 0, 0 }, { 1, 1, 1, 1, 1 }, { 1, 1, 1, 0, 0 } }));
            trial.Take("x̂", answer(trial.Give("x", Sample.Uneven(12, 3, 5, 2)), mask, 0.4));
        },
        Solution = (x, mask, eps) => Masked(x, mask.unsqueeze(-1), Values, eps),
        Suspects =
        [
            .. Divisors.Suspects<Answer>(divisor => (x, mask, eps) => Masked(x, mask.unsqueeze(-1), Values, eps, divisor)),
            new(Counted, (x, mask, eps) => Recipe.Normalize(x, Values, eps) * mask.unsqueeze(-1)),
            new(ZerosCounted, (x, mask, eps) => Recipe.Normalize(x * mask.unsqueeze(-1), Values, eps) * mask.unsqueeze(-1)),
            new(DeviationsOfPadding, (x, mask, eps) => Deviating(x, mask.unsqueeze(-1), eps, mask.sum())),
            new(DeviationsOfPadding, (x, mask, eps) => Deviating(x, mask.unsqueeze(-1), eps, mask.numel())),
            new(NotZeroed, (x, mask, eps) => Unmasked(x, mask.unsqueeze(-1), eps, inside: x)),
            new(NotZeroed, (x, mask, eps) => Unmasked(x, mask.unsqueeze(-1), eps, inside: x * mask.unsqueeze(-1))),
            new(PerSequence, (x, mask, eps) => Masked(x, mask.unsqueeze(-1), [1], eps)),
            new(PerStep, (x, mask, eps) => Masked(x, mask.unsqueeze(-1), [0], eps)),
        ],
    };

    private static Tensor Masked(Tensor x, Tensor mask, long[] axes, double eps, Divisor? divisor = null)
    {
        var count = mask.sum(axes, true);
        var centred = (x - (x * mask).sum(axes, true) / count) * mask;
        return centred / (divisor ?? Divisors.Right)(centred.square().sum(axes, true) / count, mask.sum().item<double>(), eps);
    }

    private static Tensor Deviating(Tensor x, Tensor mask, double eps, Tensor count)
    {
        var centred = x * mask - (x * mask).sum(Values, true) / mask.sum();
        return mask * centred / (centred.square().sum(Values, true) / count + eps).sqrt();
    }

    // A branch of its own, since what stands in the padding may have been zeroed before or not.
    private static Tensor Unmasked(Tensor x, Tensor mask, double eps, Tensor inside)
    {
        var mean = (x * mask).sum(Values, true) / mask.sum();
        var variance = ((x - mean) * mask).square().sum(Values, true) / mask.sum();
        return (inside - mean) / (variance + eps).sqrt();
    }
}
