using NormCore.Tests.Conformance.Format;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

public class GroupNormGoldenTests
{
    public static TheoryData<string> Ids => GoldenSuite.Ids("group_norm");

    public static TheoryData<string> IllConditionedIds => GoldenSuite.IllConditionedIds("group_norm");

    [Theory]
    [MemberData(nameof(Ids))]
    public void GroupNorm_agrees_with_the_golden_case(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        Assert.Empty(GoldenComparison.Failures(golden, LayerRunner.GroupNorm(golden)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Moments_agree_with_the_golden_case(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        var layout = GoldenLayout.Of(golden);
        var (mean, variance, _) = Moments.Of(layout.View(golden.Get("x")), layout.Statistics);
        Assert.Null(GoldenComparison.Failure(golden, "mean", mean));
        Assert.Null(GoldenComparison.Failure(golden, "rstd", (variance + golden.Eps).rsqrt()));
    }

    [Theory]
    [MemberData(nameof(IllConditionedIds))]
    public void GroupNorm_is_no_worse_than_PyTorch_where_the_mean_dwarfs_the_deviation(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        Assert.Empty(GoldenComparison.FailuresBesidePyTorch(golden, LayerRunner.GroupNorm(golden)));
    }
}
