using NormCore.Tests.Conformance.Format;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

public class BatchNormGoldenTests
{
    public static TheoryData<string> Ids => GoldenSuite.Ids("batch_norm");

    public static TheoryData<string> TrainingIds =>
        [.. GoldenSuite.Cases.Values.Where(c => c.Op == "batch_norm" && c.Has("batch_mean")).Select(c => c.Id)];

    public static TheoryData<string> IllConditionedIds => GoldenSuite.IllConditionedIds("batch_norm");

    [Theory]
    [MemberData(nameof(Ids))]
    public void BatchNorm_agrees_with_the_golden_case(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        Assert.Empty(GoldenComparison.Failures(golden, LayerRunner.BatchNorm(golden)));
    }

    [Theory]
    [MemberData(nameof(TrainingIds))]
    public void Moments_agree_with_the_golden_case(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        var x = golden.Get("x");
        var (mean, variance, _) = Moments.Of(x, Axes.AllBut(1, (int)x.dim()));
        Assert.Null(GoldenComparison.Failure(golden, "batch_mean", mean));
        Assert.Null(GoldenComparison.Failure(golden, "batch_var", variance));
    }

    [Theory]
    [MemberData(nameof(IllConditionedIds))]
    public void BatchNorm_is_no_worse_than_PyTorch_where_the_mean_dwarfs_the_deviation(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        Assert.Empty(GoldenComparison.FailuresBesidePyTorch(golden, LayerRunner.BatchNorm(golden)));
    }
}
