using NormCore.Tests.Conformance.Format;
using NormCore.Tests.Layers;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

public class GhostBatchNormGoldenTests
{
    public static TheoryData<string> Ids => GoldenSuite.Ids("ghost_batch_norm");

    [Theory]
    [MemberData(nameof(Ids))]
    public void GhostBatchNorm_agrees_with_the_golden_case(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        var x = golden.Get("x");
        using var layer = new GhostBatchNorm(x.shape[1], golden.Attributes.GetProperty("virtual_batch_size").GetInt64(), golden.Eps, golden.Momentum, dtype: x.dtype);
        using (no_grad())
        {
            layer.Weight!.copy_(golden.Get("weight"));
            layer.Bias!.copy_(golden.Get("bias"));
            layer.RunningMean!.copy_(golden.Get("running_mean"));
            layer.RunningVariance!.copy_(golden.Get("running_var"));
        }
        layer.train(golden.Flag("training"));
        var results = layer.Run(x, golden.Get("grad_output"));
        RequireClose(golden, "y", results[0]);
        RequireClose(golden, "grad_input", results[1]);
        RequireClose(golden, "grad_bias", results[2]);
        RequireClose(golden, "grad_weight", results[3]);
        RequireClose(golden, "running_mean_out", layer.RunningMean!);
        RequireClose(golden, "running_var_out", layer.RunningVariance!);
        Assert.Equal(golden.Get("chunk_mean").shape[0], layer.NumBatchesTracked!.item<long>());
    }

    // Every result is a sum of terms, each of at most k = 10 + 2 log2(32) = 20 roundings, as in GoldenTolerance; the largest term stands
    // for all of them. Sums run over the M elements of a channel.
    private static void RequireClose(GoldenCase golden, string name, Tensor actual)
    {
        static double Largest(Tensor values) => values.abs().max().item<double>();
        var (x, dy, gamma, beta) = (golden.Get("x"), Largest(golden.Get("grad_output")), Largest(golden.Get("weight")), Largest(golden.Get("bias")));
        double elements = x.numel() / x.shape[1];
        var rstd = Largest((golden.Get("chunk_var") + golden.Eps).rsqrt());
        var one = 1 + Math.Sqrt(elements); // |x̂| <= √(m − 1)
        var terms = name switch
        {
            "y" => gamma * one + beta,
            "grad_input" => rstd * dy * gamma * (2 + one * one),
            "grad_weight" => elements * dy * one,
            "grad_bias" => elements * dy,
            _ => 1 + Largest(x) * Largest(x),
        };
        Assert.Null(GoldenComparison.Failure(golden, name, actual.detach(), tensor(20 * finfo(x.dtype).eps * terms)));
    }
}
