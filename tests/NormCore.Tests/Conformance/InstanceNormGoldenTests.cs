using NormCore.Tests.Conformance.Format;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

public class InstanceNormGoldenTests
{
    public static TheoryData<string> Ids => GoldenSuite.Ids("instance_norm");

    public static TheoryData<string> InstanceStatisticsIds =>
        [.. GoldenSuite.Cases.Values.Where(c => c.Op == "instance_norm" && c.Has("instance_mean")).Select(c => c.Id)];

    public static TheoryData<string> IllConditionedIds => GoldenSuite.IllConditionedIds("instance_norm");

    [Theory]
    [MemberData(nameof(Ids))]
    public void InstanceNorm_agrees_with_the_golden_case(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        Assert.Empty(GoldenComparison.Failures(golden, LayerRunner.InstanceNorm(golden)));
    }

    [Theory]
    [MemberData(nameof(InstanceStatisticsIds))]
    public void Moments_agree_with_the_golden_case(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        var layout = GoldenLayout.Of(golden);
        var (mean, variance, _) = Moments.Of(layout.View(golden.Get("x")), layout.Statistics);
        Assert.Null(GoldenComparison.Failure(golden, "instance_mean", mean));
        Assert.Null(GoldenComparison.Failure(golden, "instance_var", variance));
    }

    [Theory]
    [MemberData(nameof(IllConditionedIds))]
    public void InstanceNorm_is_no_worse_than_PyTorch_where_the_mean_dwarfs_the_deviation(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        Assert.Empty(GoldenComparison.FailuresBesidePyTorch(golden, LayerRunner.InstanceNorm(golden)));
    }
}
