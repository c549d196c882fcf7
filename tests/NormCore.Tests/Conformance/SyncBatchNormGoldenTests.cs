using NormCore.Tests.Conformance.Format;
using NormCore.Tests.Distributed;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

public class SyncBatchNormGoldenTests
{
    public static TheoryData<string> Ids => GoldenSuite.Ids("sync_batch_norm");

    [Theory]
    [MemberData(nameof(Ids))]
    public void SyncBatchNorm_agrees_with_the_golden_case(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        // All shards together are a batch norm, so its tolerance is theirs; the Chan merge adds fewer roundings than a mean of all rows.
        var asOneBatch = golden with { Op = "batch_norm" };
        using var source = new BatchNorm(golden.Attributes.GetProperty("num_features").GetInt64(), golden.Eps, golden.Momentum, dtype: ScalarType.Float64);
        using (no_grad())
        {
            source.Weight!.copy_(golden.Get("weight"));
            source.Bias!.copy_(golden.Get("bias"));
            source.RunningMean!.copy_(golden.Get("running_mean"));
            source.RunningVariance!.copy_(golden.Get("running_var"));
        }
        var sizes = golden.Attributes.GetProperty("shard_sizes").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        var shards = ShardedRun.Shards(source, golden.Get("x"), golden.Get("grad_output"), sizes);

        foreach (var (name, actual) in ShardedRun.Concatenated(shards).All)
        {
            var total = golden.Has(name) ? name : $"{name}_total";
            var bound = GoldenTolerance.Of(asOneBatch, name, golden.Get(total));
            Assert.Null(GoldenComparison.Failure(golden, total, actual, bound));
            // What is a part of a sum has a part of its error.
            if (name is "grad_weight") RequireClose("grad_weight_local", stack(shards.Select(shard => shard.GradWeight)), bound);
            if (name is "grad_bias") RequireClose("grad_bias_local", stack(shards.Select(shard => shard.GradBias)), bound);
        }
        Assert.All(shards, shard => Assert.True(shard.RunningMean.Equals(shards[0].RunningMean) && shard.RunningVariance.Equals(shards[0].RunningVariance)));

        void RequireClose(string name, Tensor actual, Tensor bound) => Assert.Null(GoldenComparison.Failure(golden, name, actual, bound));
    }
}
