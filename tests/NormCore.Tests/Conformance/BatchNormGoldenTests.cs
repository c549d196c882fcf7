using NormCore.Tests.Conformance.Format;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

public class BatchNormGoldenTests
{
    public static TheoryData<string> Ids => GoldenSuite.Ids("batch_norm");

    public static TheoryData<string> TrainingIds =>
        [.. GoldenSuite.Cases.Values.Where(c => c.Op == "batch_norm" && c.Has("batch_mean")).Select(c => c.Id)];

    public static TheoryData<string> IllConditionedIds =>
        [.. GoldenSuite.Cases.Values.Where(c => c.Op == "batch_norm" && c.Cond > 1000 && c.PeerError("f32", "y") is not null).Select(c => c.Id)];

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
        Assert.Null(GoldenComparison.Failure(golden, "batch_mean", mean.view(-1), GoldenTolerance.Of(golden, "batch_mean", golden.Get("batch_mean"))));
        Assert.Null(GoldenComparison.Failure(golden, "batch_var", variance.view(-1), GoldenTolerance.Of(golden, "batch_var", golden.Get("batch_var"))));
    }

    [Theory]
    [MemberData(nameof(IllConditionedIds))]
    public void BatchNorm_is_no_worse_than_PyTorch_where_the_mean_dwarfs_the_deviation(string id)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenSuite.Cases[id];
        foreach (var (name, actual) in LayerRunner.BatchNorm(golden))
        {
            // PyTorch's lucky exact zeros are met up to the derived tolerance.
            var expected = golden.Get(name);
            var allowed = maximum(GoldenTolerance.Of(golden, name, expected), tensor(golden.PeerError("f32", name)!.Value));
            Assert.True(((actual - expected).abs() <= allowed).all().item<bool>(), name);
        }
    }
}
