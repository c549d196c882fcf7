using static TorchSharp.torch;

namespace NormCore.Tests.Distributed;

/// <summary>What came out of one training step, of one large batch or of shards put together again.</summary>
internal sealed record ShardedRun(Tensor Y, Tensor GradInput, Tensor GradWeight, Tensor GradBias, Tensor RunningMean, Tensor RunningVariance)
{
    public (string Name, Tensor Value)[] All =>
    [
        ("y", Y), ("grad_input", GradInput), ("grad_weight", GradWeight), ("grad_bias", GradBias),
        ("running_mean_out", RunningMean), ("running_var_out", RunningVariance),
    ];

    /// <summary>One batch norm on the whole batch.</summary>
    public static ShardedRun Whole(BatchNorm layer, Tensor x, Tensor dy)
    {
        var input = x.detach().requires_grad_();
        var y = layer.call(input);
        (y * dy).sum().backward();
        return new ShardedRun(y.detach(), input.grad!, layer.Weight!.grad!, layer.Bias!.grad!, layer.RunningMean!.clone(), layer.RunningVariance!.clone());
    }

    /// <summary>A synchronized layer for each shard; the state is that of <paramref name="source"/>.</summary>
    public static IReadOnlyList<ShardedRun> Shards(BatchNorm source, Tensor x, Tensor dy, long[] sizes)
    {
        var state = source.state_dict();
        var (inputs, gradients) = (x.split(sizes), dy.split(sizes));
        return OnReplicas.Run(sizes.Length, group =>
        {
            using var layer = new SyncBatchNorm(source.NumFeatures, group, source.Eps, source.Momentum, dtype: source.Weight!.dtype);
            layer.load_state_dict(state);
            var input = inputs[group.Rank].detach().requires_grad_();
            var y = layer.call(input);
            (y * gradients[group.Rank]).sum().backward();
            return new ShardedRun(
                y.detach(), input.grad!, layer.Weight!.grad!.clone(), layer.Bias!.grad!.clone(), layer.RunningMean!.clone(), layer.RunningVariance!.clone());
        });
    }

    /// <summary>The shards as one: rows behind each other, parameter gradients added, and the running statistics of rank 0.</summary>
    public static ShardedRun Concatenated(IReadOnlyList<ShardedRun> shards) => new(
        cat([.. shards.Select(shard => shard.Y)]),
        cat([.. shards.Select(shard => shard.GradInput)]),
        stack(shards.Select(shard => shard.GradWeight)).sum([0L]),
        stack(shards.Select(shard => shard.GradBias)).sum([0L]),
        shards[0].RunningMean,
        shards[0].RunningVariance);

    public static double MaxDifference(Tensor a, Tensor b) =>
        a.numel() == 0 ? 0 : (a.to(ScalarType.Float64) - b.to(ScalarType.Float64)).abs().max().item<double>();
}
