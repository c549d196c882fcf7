using static NormLab.Exercises.AxisMisconceptions;
using static NormLab.Exercises.MomentMisconceptions;
using static TorchSharp.torch;
using Answer = System.Func<TorchSharp.torch.Tensor, int, double, TorchSharp.torch.Tensor>;

namespace NormLab.Exercises;

internal static class GhostBatch
{
    public static readonly Exercise<Answer> Sheet = new()
    {
        Title = "Ghost batch norm",
        Statement = "From x of shape (N, C), the size of a ghost and ε compute x̂ where each run of `size` neighbouring samples is normalized by itself; size divides N.",
        Difficulty = 2,
        Trains = "that the batch of the gradient and the batch of the statistics are two things",
        Hints =
        [
            "Ghost batch norm is batch norm of several small batches, one after the other.",
            "See x as (N/size, size, C). Which of these three axes share statistics?",
            "`x.reshape(-1, size, c)`, statistics over axis 1, and `reshape(x.shape)` at the end.",
        ],
        Observe = (answer, trial) => trial.Take("x̂", answer(trial.Give("x", Sample.Uneven(11, 12, 3)), 3, 0.4)),
        Solution = (x, size, eps) => Ghosts(x, size, eps, [1]),
        Suspects =
        [
            .. Divisors.Suspects<Answer>(divisor => (x, size, eps) => Ghosts(x, size, eps, [1], divisor)),
            new(GhostsIgnored, (x, _, eps) => Recipe.Normalize(x, [0], eps)),
            new(SizeForNumber, (x, size, eps) => Ghosts(x, x.shape[0] / size, eps, [1])),
            new(Interleaved, (x, size, eps) => Recipe.Normalize(x.reshape(size, -1, x.shape[1]), [0], eps).reshape(x.shape)),
            new(OneForAll, (x, size, eps) => Ghosts(x, size, eps, [1, 2])),
            new(PerSample, (x, _, eps) => Recipe.Normalize(x, [1], eps)),
            new(GhostsAveraged, (x, size, eps) =>
            {
                var seen = x.reshape(-1, size, x.shape[1]); // (N/size, size, C)
                var variance = (seen - seen.mean([1L], true)).square().mean([0L, 1]);
                return (x - x.mean([0L])) / (variance + eps).sqrt();
            }),
        ],
    };

    private static Tensor Ghosts(Tensor x, long size, double eps, long[] axes, Divisor? divisor = null) =>
        Recipe.Normalize(x.reshape(-1, size, x.shape[1]), axes, eps, divisor).reshape(x.shape); // (N/size, size, C)
}
