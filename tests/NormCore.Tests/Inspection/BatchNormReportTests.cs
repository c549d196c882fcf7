using NormCore.Tests.Layers;
using static TorchSharp.torch;

namespace NormCore.Tests.Inspection;

public class BatchNormReportTests
{
    [Fact]
    public void Every_layer_with_running_statistics_is_listed_whoever_made_it()
    {
        using var scope = NewDisposeScope();
        using var model = nn.Sequential(
            ("a", new BatchNorm(2)), ("b", nn.Sequential(("bn", nn.BatchNorm1d(2, momentum: 0.2)), ("ln", new LayerNorm(2)))),
            ("c", new SyncBatchNorm(2, ReplicaGroup.Alone(), momentum: null)), ("d", nn.InstanceNorm1d(2, track_running_stats: true)), ("e", new FrozenBatchNorm(2)));
        var report = BatchNormReport.Of(model);
        Assert.Equal(["a", "b.bn", "c", "d", "e"], report.Layers.Select(layer => layer.Path));
        Assert.Equal(["BatchNorm", "BatchNorm1d", "SyncBatchNorm", "InstanceNorm1d", "FrozenBatchNorm"], report.Layers.Select(layer => layer.Type));
        Assert.Equal([0.1, 0.2, null, 0.1, null], report.Layers.Select(layer => layer.Momentum));
        Assert.Equal([0, 0, 0, 0, null], report.Layers.Select(layer => layer.BatchesTracked));
        Assert.All(report.Layers, layer => Assert.Equal(2, layer.Channels));
        Assert.Equal("frozen: running", report.Layers[4].Mode);
        Assert.Single(BatchNormReport.Of(new BatchNorm(3)).Layers, layer => layer.Path.Length == 0);
    }

    [Theory]
    [InlineData(0.1, 3)]
    [InlineData(0.5, 9)]
    [InlineData(null, 1)]
    [InlineData(null, 0)]
    [InlineData(0.0, 4)]
    public void The_initial_share_is_the_one_that_can_be_measured(double? momentum, int batches)
    {
        using var scope = NewDisposeScope();
        using var layer = new BatchNorm(2, momentum: momentum, dtype: ScalarType.Float64);
        var x = rand(8, 2, ScalarType.Float64);
        using (no_grad()) layer.RunningMean!.fill_(1e9); // what is left of it shows the share
        for (var i = 0; i < batches; i++) layer.call(x);
        var share = layer.RunningMean![0].item<double>() / 1e9;
        var row = BatchNormReport.Of(layer).Layers[0];
        if (batches == 0) Assert.Null(row.InitialShare); // never tracked and yet not initial: set from elsewhere
        else Assert.Equal(share, row.InitialShare!.Value, tolerance: 1e-9); // the batch's mean is below 1
    }

    [Fact]
    public void The_verdict_names_the_worst()
    {
        using var scope = NewDisposeScope();
        using var layer = new BatchNorm(1, momentum: 0.5);
        var x = rand(64, 1);
        Assert.StartsWith("never updated", Verdict(layer), StringComparison.Ordinal);
        layer.call(x);
        Assert.Equal("young: 50 % of the initial (0, 1) is left", Verdict(layer));
        for (var i = 0; i < 9; i++) layer.call(x);
        Assert.Equal("good", Verdict(layer));
        using (no_grad()) layer.RunningVariance!.fill_(double.NaN);
        Assert.StartsWith("broken", Verdict(layer), StringComparison.Ordinal);
        using (no_grad()) layer.RunningVariance!.fill_(2);
        using (no_grad()) layer.NumBatchesTracked!.zero_();
        Assert.StartsWith("set, not tracked", Verdict(layer), StringComparison.Ordinal);
    }

    [Fact]
    public void Mixed_modes_are_seen_at_a_glance()
    {
        using var scope = NewDisposeScope();
        using var model = ModeGuardTests.Model();
        Assert.False(BatchNormReport.Of(model).IsMixed);
        ModeGuardTests.Module(model, "theirs").eval();
        var report = BatchNormReport.Of(model);
        Assert.True(report.IsMixed);
        Assert.Equal(["training: batch", "evaluation: running"], report.Layers.Select(layer => layer.Mode));
        var lines = report.ToString().Split('\n');
        Assert.Equal("2 with running statistics, 1 in training mode: MIXED MODES", lines[0]);
        Assert.Equal(4, lines.Length);
        Assert.All(["block.norm", "BatchNorm", "training: batch", "0.1", "100.0%", "never updated"], cell => Assert.Contains(cell, lines[2], StringComparison.Ordinal));
    }

    public static TheoryData<string> TrackingLayers => ["ours", "ours, average", "theirs", "theirs, average", "sync", "ghost", "renorm", "instance", "L1"];

    [Theory]
    [MemberData(nameof(TrackingLayers))]
    public void A_layer_trained_on_data_has_no_drift_from_it_and_one_of_other_statistics_has_theirs(string kind)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(31);
        using nn.Module<Tensor, Tensor> layer = kind switch
        {
            "ours" => new BatchNorm(3, dtype: ScalarType.Float64),
            "ours, average" => new BatchNorm(3, momentum: null, dtype: ScalarType.Float64),
            "theirs" => nn.BatchNorm1d(3, dtype: ScalarType.Float64),
            "theirs, average" => TheirAverage(),
            "sync" => new SyncBatchNorm(3, ReplicaGroup.Alone(), dtype: ScalarType.Float64),
            "ghost" => new GhostBatchNorm(3, 2, dtype: ScalarType.Float64),
            "renorm" => new BatchRenorm(3, dtype: ScalarType.Float64),
            "instance" => new InstanceNorm(3, trackRunningStatistics: true, dtype: ScalarType.Float64),
            _ => new LpBatchNorm(3, 1, dtype: ScalarType.Float64),
        };
        var x = random.Normal(6, 3, 5) * 3 + 2;
        for (var i = 0; i < 400; i++) layer.call(x);
        var drift = BatchNormReport.Of(layer, [x, x]).Layers[0].Drift!;
        // What is left of (0, 1) is 0.9^400 < 1e-18; the division by w multiplies roundings of 1e-16 by ten.
        Assert.InRange(drift.MeanShift, 0, 1e-13);
        Assert.InRange(drift.LeastRatio, 1 - 1e-13, 1 + 1e-13);
        Assert.InRange(drift.GreatestRatio, 1 - 1e-13, 1 + 1e-13);

        var (mean, spread) = (layer.get_buffer("running_mean")!, layer.get_buffer("running_var") ?? layer.get_buffer("running_norm")!);
        var isNorm = kind == "L1";
        using (no_grad())
        {
            mean[1] += 2 * (isNorm ? spread[1] : spread[1].sqrt());
            spread[0] *= isNorm ? 3 : 9;
            spread[2] *= isNorm ? 0.5 : 0.25;
        }
        var row = BatchNormReport.Of(layer, [x, x]).Layers[0];
        Assert.Equal((2.0, 0.5, 3.0), (Math.Round(row.Drift!.MeanShift, 4), Math.Round(row.Drift.LeastRatio, 4), Math.Round(row.Drift.GreatestRatio, 4)));
        Assert.StartsWith("stale", row.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stale_layer_does_not_make_those_after_it_look_stale()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(32);
        using var model = nn.Sequential(("first", new BatchNorm(3, dtype: ScalarType.Float64)), ("drop", nn.Dropout(0.9)), ("second", new BatchNorm(3, dtype: ScalarType.Float64)));
        var x = random.Normal(6, 3) + 5;
        ModeGuardTests.Module(model, "drop").eval();
        for (var i = 0; i < 200; i++) model.call(x);
        using (no_grad()) model.get_buffer("first.running_mean")!.zero_();
        var layers = BatchNormReport.Of(model, [x]).Layers;
        Assert.False(layers[0].Drift!.IsSmall);
        Assert.True(layers[1].Drift!.IsSmall);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Measuring_leaves_modes_and_buffers_as_they_were_also_after_an_exception(bool fails)
    {
        using var scope = NewDisposeScope();
        using var model = ModeGuardTests.Model();
        ModeGuardTests.Module(model, "block.norm").eval();
        var before = model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        var modes = model.named_modules().Select(found => found.module.training).ToArray();
        Tensor[] batches = [rand(4, 3, 2, 2), fails ? rand(4, 7, 2, 2) : rand(2, 3, 2, 2)];
        if (fails) Assert.ThrowsAny<Exception>(() => BatchNormReport.Of(model, batches));
        else Assert.All(BatchNormReport.Of(model, batches).Layers, layer => Assert.NotNull(layer.Drift));
        Assert.All(before, pair => Assert.True(pair.Value.Equals(model.state_dict()[pair.Key]), pair.Key));
        Assert.Equal(modes, model.named_modules().Select(found => found.module.training));
        Assert.All(batches, batch => Assert.False(batch.IsInvalid));
    }

    private static TorchSharp.Modules.BatchNorm1d TheirAverage()
    {
        var layer = nn.BatchNorm1d(3, dtype: ScalarType.Float64);
        layer.momentum = null;
        return layer;
    }

    private static string Verdict(nn.Module layer) => BatchNormReport.Of(layer).Layers[0].Verdict;
}
