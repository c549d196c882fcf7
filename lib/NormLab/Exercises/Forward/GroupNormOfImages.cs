using static NormLab.Exercises.AxisMisconceptions;
using static TorchSharp.torch;
using Answer = System.Func<TorchSharp.torch.Tensor, int, double, TorchSharp.torch.Tensor>;

namespace NormLab.Exercises;

internal static class GroupNormOfImages
{
    // The axes of (N, G, C/G, H, W) that a group of one example takes together.
    private static readonly long[] Group = [2, 3, 4];

    public static readonly Exercise<Answer> Sheet = new()
    {
        Title = "Group norm of images",
        Statement = "From x of shape (N, C, H, W), the number G of groups and ε compute x̂ of group norm: neighbouring channels of one example form a group.",
        Difficulty = 2,
        Trains = "a view that turns a new normalizer into a known one",
        Hints =
        [
            "How many values share one mean? It is (C/G)·H·W, and N plays no part.",
            "Give the groups an axis of their own: see x as (N, G, C/G, H, W), and take statistics over the last three.",
            "`var seen = x.reshape(n, groups, -1, h, w);` then normalize over `[2L, 3, 4]` and `reshape(x.shape)` back.",
        ],
        Observe = (answer, trial) => trial.Take("x̂", answer(trial.Give("x", Sample.Uneven(8, 3, 6, 2, 2)), 3, 0.4)),
        Solution = (x, groups, eps) => Seen(x, groups, eps, Group),
        Suspects =
        [
            .. Divisors.Suspects<Answer>(divisor => (x, groups, eps) => Seen(x, groups, eps, Group, divisor)),
            new(AcrossBatch, (x, groups, eps) => Seen(x, groups, eps, [0, 2, 3, 4])),
            new(PerPosition, (x, groups, eps) => Seen(x, groups, eps, [2])),
            new(SizeForNumber, (x, groups, eps) => Seen(x, x.shape[1] / groups, eps, Group)),
            new(Interleaved, (x, groups, eps) => Recipe.Normalize(x.reshape(x.shape[0], -1, groups, x.shape[2], x.shape[3]), [1, 3, 4], eps).reshape(x.shape)),
            new(PerImage, (x, _, eps) => Recipe.Normalize(x, [2, 3], eps)),
            new(WholeImage, (x, _, eps) => Recipe.Normalize(x, [1, 2, 3], eps)),
        ],
    };

    private static Tensor Seen(Tensor x, long groups, double eps, long[] axes, Divisor? divisor = null) =>
        Recipe.Normalize(x.reshape(x.shape[0], groups, -1, x.shape[2], x.shape[3]), axes, eps, divisor).reshape(x.shape); // (N, G, C/G, H, W)
}
