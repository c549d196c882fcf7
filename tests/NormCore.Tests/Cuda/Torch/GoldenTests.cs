using NormCore.Tests.Conformance;
using NormCore.Tests.Conformance.Format;
using NormCore.Tests.Cuda.Fake;
using static TorchSharp.torch;

namespace NormCore.Tests.Cuda.Torch;

/// <summary>The golden cases through the CUDA kernels: all that are not of float64, which the kernels do not have.</summary>
public class GoldenTests
{
    private static readonly Dictionary<string, Func<GoldenCase, NormalizerRun>> Runners = new()
    {
        ["batch_norm"] = LayerRunner.BatchNorm,
        ["layer_norm"] = LayerRunner.LayerNorm,
        ["group_norm"] = LayerRunner.GroupNorm,
        ["instance_norm"] = LayerRunner.InstanceNorm,
        ["rms_norm"] = LayerRunner.RmsNorm,
    };

    // Statistics are float32, as in PyTorch on a GPU, and squares of 10²⁵ are beyond it.
    private static readonly string[] BeyondFloat32 = ["rms_huge_1e25_f32"];

    public static TheoryData<string> Ids =>
    [
        .. GoldenSuite.Cases.Values
            .Where(c => Runners.ContainsKey(c.Op) && c.Find("x") is { } x && x.dtype != ScalarType.Float64 && !BeyondFloat32.Contains(c.Id))
            .Select(c => c.Id),
    ];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_kernels_agree_with_the_golden_case(string id)
    {
        using var gpu = FakeGpu.Use();
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        var run = Runners[golden.Op](golden);
        Assert.NotEmpty(FakeCuda.Launches());
        // Where the mean dwarfs the deviation the suite asks float32 to be no worse than PyTorch.
        Assert.Empty(golden.Cond > 1000 && golden.PeerError("f32", "y") is not null ? GoldenComparison.FailuresBesidePyTorch(golden, run) : GoldenComparison.Failures(golden, run));
    }
}
