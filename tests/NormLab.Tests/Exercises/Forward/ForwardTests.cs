using NormCore;
using NormLab.Exercises;
using static TorchSharp.torch;

namespace NormLab.Tests.Exercises;

public class ForwardTests
{
    private static Tensor M(Tensor x, params long[] axes) => x.mean(axes, keepdim: true);

    private static Tensor V(Tensor x, params long[] axes) => M((x - M(x, axes)).square(), axes);

    private static Tensor N(Tensor x, double eps, params long[] axes) => (x - M(x, axes)) / (V(x, axes) + eps).sqrt();

    [Fact]
    public void Normalize_a_batch()
    {
        var exercise = Exercise.NormalizeABatch;
        Diagnosed.Correct(exercise,
            (x, eps) => N(x, eps, 0),
            (x, eps) => new BatchNorm(x.shape[1], eps, affine: false, dtype: ScalarType.Float64).call(x),
            (x, eps) => nn.functional.batch_norm(x, null, null, training: true, eps: eps),
            (x, eps) => (x - x.mean([0L])) * (x.var([0L], unbiased: false) + eps).rsqrt());
        Diagnosed.As(exercise,
            ("unbiased variance", (x, eps) => (x - M(x, 0)) / (x.var([0L]) + eps).sqrt()),
            ("ε outside the root", (x, eps) => (x - M(x, 0)) / (V(x, 0).sqrt() + eps)),
            ("unbiased variance + ε outside the root", (x, eps) => (x - M(x, 0)) / (x.std([0L]) + eps)),
            ("unbiased variance + ε forgotten", (x, _) => (x - M(x, 0)) / x.std([0L])),
            ("ε forgotten", (x, _) => (x - M(x, 0)) / V(x, 0).sqrt()),
            ("ε of its own", (x, _) => nn.functional.batch_norm(x, null, null, training: true)),
            ("variance for standard deviation", (x, eps) => (x - M(x, 0)) / (V(x, 0) + eps)),
            ("statistics of each sample", (x, eps) => nn.functional.layer_norm(x, [x.shape[1]], eps: eps)),
            ("one mean for everything", (x, eps) => (x - x.mean()) / ((x - x.mean()).square().mean() + eps).sqrt()),
            ("mean not subtracted", (x, eps) => x / (V(x, 0) + eps).sqrt()),
            ("mean square for variance", (x, eps) => (x - M(x, 0)) / (M(x * x, 0) + eps).sqrt()),
            ("E[x²] − E[x]²", (x, eps) => (x - M(x, 0)) / (M(x * x, 0) - M(x, 0).pow(2) + eps).sqrt()));
    }

    [Fact]
    public void Batch_norm_of_images()
    {
        var exercise = Exercise.BatchNormOfImages;
        Diagnosed.Correct(exercise,
            (x, g, b, eps) => N(x, eps, 0, 2, 3) * g.view(1, -1, 1, 1) + b.view(1, -1, 1, 1),
            (x, g, b, eps) => nn.functional.batch_norm(x, null, null, g, b, training: true, eps: eps));
        Diagnosed.As(exercise,
            ("statistics per pixel", (x, g, b, eps) => N(x, eps, 0) * g.view(-1, 1, 1) + b.view(-1, 1, 1)),
            ("statistics per image and channel", (x, g, b, eps) => nn.functional.instance_norm(x, null, null, g, b, eps: eps)),
            ("statistics of each sample", (x, g, b, eps) => nn.functional.group_norm(x, 1, g, b, eps)),
            ("γ along the wrong axis", (x, g, b, eps) => N(x, eps, 0, 2, 3) * g + b),
            ("γ forgotten", (x, _, b, eps) => N(x, eps, 0, 2, 3) + b.view(-1, 1, 1)),
            ("β forgotten", (x, g, _, eps) => N(x, eps, 0, 2, 3) * g.view(-1, 1, 1)),
            ("γ applied twice", (x, g, b, eps) => N(x, eps, 0, 2, 3) * g.view(-1, 1, 1) * g.view(-1, 1, 1) + b.view(-1, 1, 1)),
            ("β multiplied by γ", (x, g, b, eps) => (N(x, eps, 0, 2, 3) + b.view(-1, 1, 1)) * g.view(-1, 1, 1)));
    }

    [Fact]
    public void Layer_norm_of_tokens()
    {
        var exercise = Exercise.LayerNormOfTokens;
        Diagnosed.Correct(exercise, (x, g, b, eps) => N(x, eps, -1) * g + b, (x, g, b, eps) => nn.functional.layer_norm(x, [x.shape[2]], g, b, eps));
        Diagnosed.As(exercise,
            ("statistics across the batch", (x, g, b, eps) => nn.functional.batch_norm(x.transpose(1, 2), null, null, g, b, training: true, eps: eps).transpose(1, 2)),
            ("statistics across time", (x, g, b, eps) => N(x, eps, 1, 2) * g + b),
            ("statistics over positions in place of features", (x, g, b, eps) => N(x, eps, 1) * g + b),
            ("unbiased variance + ε outside the root", (x, g, b, eps) => g * (x - M(x, -1)) / (x.std([-1L], keepdim: true) + eps) + b));
    }

    [Fact]
    public void Group_norm_of_images()
    {
        var exercise = Exercise.GroupNormOfImages;
        Diagnosed.Correct(exercise,
            (x, groups, eps) => N(x.view(x.shape[0], groups, -1), eps, 2).view(x.shape),
            (x, groups, eps) => nn.functional.group_norm(x, groups, eps: eps));
        Diagnosed.As(exercise,
            ("statistics across the batch", (x, groups, eps) => N(x.view(x.shape[0], groups, -1), eps, 0, 2).view(x.shape)),
            ("statistics of each position", (x, groups, eps) => N(x.view(x.shape[0], groups, -1, x.shape[2], x.shape[3]), eps, 2).view(x.shape)),
            ("size and number exchanged", (x, size, eps) => nn.functional.group_norm(x, x.shape[1] / size, eps: eps)),
            ("dealt out in turn", (x, groups, eps) => N(x.view(x.shape[0], -1, groups, x.shape[2], x.shape[3]), eps, 1, 3, 4).view(x.shape)),
            ("statistics per image and channel", (x, _, eps) => nn.functional.instance_norm(x, eps: eps)),
            ("one group", (x, _, eps) => N(x, eps, 1, 2, 3)));
    }

    [Fact]
    public void Rms_norm()
    {
        var exercise = Exercise.RmsNorm;
        Diagnosed.Correct(exercise, (x, g, eps) => g * x * (M(x * x, 1) + eps).rsqrt(), (x, g, eps) => g * x / (x.pow(2).mean([-1L], true) + eps).sqrt());
        Diagnosed.As(exercise,
            ("mean subtracted", (x, g, eps) => nn.functional.layer_norm(x, [x.shape[1]], g, eps: eps)),
            ("standard deviation for root mean square", (x, g, eps) => g * x / (V(x, 1) + eps).sqrt()),
            ("sum for mean", (x, g, eps) => g * x / ((x * x).sum([1L], true) + eps).sqrt()),
            ("ε outside the root", (x, g, eps) => g * x / (M(x * x, 1).sqrt() + eps)),
            ("1 + γ", (x, g, eps) => (g + 1) * (x / (M(x * x, 1) + eps).sqrt())),
            ("γ forgotten", (x, _, eps) => x / (M(x * x, 1) + eps).sqrt()),
            ("one mean for everything", (x, g, eps) => g * x / ((x * x).mean() + eps).sqrt()),
            ("statistics across the batch", (x, g, eps) => g * x / (M(x * x, 0) + eps).sqrt()));
    }

    [Fact]
    public void Ghost_batch_norm()
    {
        var exercise = Exercise.GhostBatch;
        Diagnosed.Correct(exercise,
            (x, size, eps) => cat([.. x.split(size).Select(ghost => N(ghost, eps, 0))], 0),
            (x, size, eps) => new GhostBatchNorm(x.shape[1], size, eps, affine: false, dtype: ScalarType.Float64).call(x));
        Diagnosed.As(exercise,
            ("statistics of the whole batch", (x, _, eps) => N(x, eps, 0)),
            ("size and number exchanged", (x, number, eps) => cat([.. x.chunk(number).Select(ghost => N(ghost, eps, 0))], 0)),
            ("dealt out in turn", (x, size, eps) => N(x.view(size, -1, x.shape[1]), eps, 0).view(x.shape)),
            ("statistics averaged over the ghosts", (x, size, eps) =>
                (x - x.mean([0L])) / (stack([.. x.split(size).Select(ghost => V(ghost, 0))]).mean([0L]) + eps).sqrt()));
    }

    [Fact]
    public void Batch_norm_of_padded_sequences()
    {
        var exercise = Exercise.PaddedSequences;
        Diagnosed.Correct(exercise, Gathered, (x, mask, eps) => Masked(x, mask.unsqueeze(2), eps));
        Diagnosed.As(exercise,
            ("padding counted", (x, mask, eps) => N(x, eps, 0, 1) * mask.unsqueeze(2)),
            ("zeros of the padding counted", (x, mask, eps) => N(x * mask.unsqueeze(2), eps, 0, 1) * mask.unsqueeze(2)),
            ("padding in the variance", (x, mask, eps) => Deviating(x, mask.unsqueeze(2), eps, byCount: false)),
            ("padding in the variance", (x, mask, eps) => Deviating(x, mask.unsqueeze(2), eps, byCount: true)),
            ("output in the padding", (x, mask, eps) => Loose(x, mask.unsqueeze(2), eps)),
            ("statistics of each sequence", (x, mask, eps) => cat([.. x.unbind(0).Zip(mask.unbind(0), (one, own) => Gathered(one.unsqueeze(0), own.unsqueeze(0), eps))], 0)),
            ("statistics of each step", (x, mask, eps) => cat([.. x.split(1, 1).Zip(mask.split(1, 1), (step, own) => Gathered(step, own, eps))], 1)));
    }

    private static Tensor Gathered(Tensor x, Tensor mask, double eps)
    {
        var (result, there) = (zeros_like(x), mask.to(ScalarType.Bool));
        result[there] = N(x[there], eps, 0);
        return result;
    }

    private static Tensor Masked(Tensor x, Tensor m, double eps)
    {
        var centred = (x - (x * m).sum([0L, 1]) / m.sum()) * m;
        return centred / (centred.pow(2).sum([0L, 1]) / m.sum() + eps).sqrt();
    }

    private static Tensor Deviating(Tensor x, Tensor m, double eps, bool byCount)
    {
        var centred = x * m - (x * m).sum([0L, 1]) / m.sum();
        return centred * m / (centred.pow(2).sum([0L, 1]) / (byCount ? m.sum() : x.shape[0] * x.shape[1]) + eps).sqrt();
    }

    private static Tensor Loose(Tensor x, Tensor m, double eps)
    {
        var mean = (x * m).sum([0L, 1]) / m.sum();
        return (x - mean) / (((x - mean) * m).pow(2).sum([0L, 1]) / m.sum() + eps).sqrt();
    }
}
