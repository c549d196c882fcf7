using NormCore.Tests.Conformance.Format;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

public class RmsNormGoldenTests
{
    public static TheoryData<string> Ids => GoldenSuite.Ids("rms_norm");

    [Theory]
    [MemberData(nameof(Ids))]
    public void RmsNorm_agrees_with_the_golden_case(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        Assert.Empty(GoldenComparison.Failures(golden, LayerRunner.RmsNorm(golden)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_root_mean_square_agrees_with_the_golden_case(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        var layout = GoldenLayout.Of(golden);
        var rms = Normalization.RootMeanSquare(golden.Get("x"), layout.Statistics, golden.Eps);
        Assert.Null(GoldenComparison.Failure(golden, "rrms", rms.reciprocal()));
    }
}
