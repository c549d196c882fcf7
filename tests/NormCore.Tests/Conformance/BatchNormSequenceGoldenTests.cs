using NormCore.Tests.Conformance.Format;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

public class BatchNormSequenceGoldenTests
{
    public static TheoryData<string> Ids => GoldenSuite.Ids("batch_norm_sequence");

    [Theory]
    [MemberData(nameof(Ids))]
    public void BatchNorm_agrees_with_every_step_of_the_golden_sequence(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        using var layer = LayerRunner.BatchNormOf(golden, golden.Get("x0").dtype);
        var modes = golden.Attributes.GetProperty("modes").EnumerateArray().Select(mode => mode.GetString()).ToArray();
        for (var i = 0; i < modes.Length; i++)
        {
            layer.train(modes[i] == "train");
            using var y = layer.call(golden.Get($"x{i}"));
            RequireClose(golden, $"y{i}", y);
            RequireClose(golden, $"running_mean_out{i}", layer.RunningMean!);
            RequireClose(golden, $"running_var_out{i}", layer.RunningVariance!);
        }
        Assert.Equal(golden.Attributes.GetProperty("num_batches_tracked_out").GetInt64(), layer.NumBatchesTracked!.item<long>());
    }

    // Inputs of order 1 (no ill-conditioned case among the sequences), at most a hundred elements in each mean and five steps,
    // each of k = 10 + 2 log2(100) < 24 roundings: 5 * 24 epsilon times a value of order 1.
    private static void RequireClose(GoldenCase golden, string name, Tensor actual)
    {
        var expected = golden.Get(name);
        var bound = 120 * finfo(actual.dtype).eps * (1 + expected.abs());
        Assert.Null(GoldenComparison.Failure(golden, name, actual.detach(), bound));
    }
}
