using NormCore.Tests.Conformance.Format;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

public class LayerNormGoldenTests
{
    public static TheoryData<string> Ids => GoldenSuite.Ids("layer_norm");

    [Theory]
    [MemberData(nameof(Ids))]
    public void LayerNorm_agrees_with_the_golden_case(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        Assert.Empty(GoldenComparison.Failures(golden, LayerRunner.LayerNorm(golden)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Moments_agree_with_the_golden_case(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        var x = golden.Get("x");
        var axes = Axes.Last(golden.Attributes.GetProperty("normalized_shape").GetArrayLength(), (int)x.dim());
        var (mean, variance, _) = Moments.Of(x, axes);
        Assert.Null(GoldenComparison.Failure(golden, "mean", mean));
        Assert.Null(GoldenComparison.Failure(golden, "rstd", (variance + golden.Eps).rsqrt()));
    }
}
