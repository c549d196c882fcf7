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
            RequireClose(golden, name, name is "grad_weight" or "grad_bias" ? $"{name}_total" : name, actual);
        // What is a part of a sum has a part of its error.
        RequireClose(golden, "grad_weight", "grad_weight_local", stack(shards.Select(shard => shard.GradWeight)));
        RequireClose(golden, "grad_bias", "grad_bias_local", stack(shards.Select(shard => shard.GradBias)));
        foreach (var shard in shards)
        {
            RequireClose(golden, "running_mean_out", "running_mean_out", shard.RunningMean);
            RequireClose(golden, "running_var_out", "running_var_out", shard.RunningVariance);
        }
    }

    // All shards together are a batch norm, so its tolerance is theirs; the Chan merge adds fewer roundings than a mean of all rows.
    private static void RequireClose(GoldenCase golden, string bound, string name, Tensor actual) =>
        Assert.Null(GoldenComparison.Failure(golden, name, actual, GoldenTolerance.Of(golden with { Op = "batch_norm" }, bound, golden.Get(name))));
}
