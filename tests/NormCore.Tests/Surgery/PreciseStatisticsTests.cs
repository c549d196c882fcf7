using NormCore.Tests.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore.Tests.Surgery;

public class PreciseStatisticsTests
{
    // Sums of fewer than a hundred float64 numbers of order 10.
    private const double Close = 1e-12;

    [Fact]
    public void The_population_has_the_moments_of_all_elements_together()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(71);
        using var layer = random.BatchNorm(3);
        using var model = nn.Sequential(layer);
        Tensor[] batches = [random.Normal(4, 3, 2) + 100, random.Normal(5, 3, 2), zeros(0, 3, 2, Double), random.Normal(2, 3, 1) * 3];
        Assert.Equal(["0"], PreciseStatistics.Population(model, batches, cancellation: Token));
        var all = cat([.. batches.Select(batch => batch.transpose(1, 2).reshape(-1, 3))]);
        RequireStatistics(layer, all.mean([0]), (all - all.mean([0])).square().sum([0L]) / (all.shape[0] - 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_average_is_that_of_the_batches_means_and_unbiased_variances(bool weightBySize)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(72);
        using var layer = random.BatchNorm(3);
        using var model = nn.Sequential(layer);
        Tensor[] batches = [random.Normal(4, 3), random.Normal(7, 3) + 2, random.Normal(2, 3)];
        PreciseStatistics.Average(model, batches, weightBySize, cancellation: Token);
        double[] weights = weightBySize ? [4 / 13.0, 7 / 13.0, 2 / 13.0] : [1 / 3.0, 1 / 3.0, 1 / 3.0];
        Tensor Average(Func<Tensor, Tensor> statistic) => batches.Zip(weights, (batch, weight) => statistic(batch) * weight).Aggregate((a, b) => a + b);
        RequireStatistics(layer, Average(batch => batch.mean([0])), Average(batch => (batch - batch.mean([0])).square().sum([0L]) / (batch.shape[0] - 1)));
    }

    [Fact]
    public void In_a_deep_model_each_layer_gets_what_a_null_momentum_would_track_in_training()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(73);
        using var estimated = Network(random, momentum: 0.1);
        using var tracked = Network(random, momentum: null);
        StateDict.Load(tracked, estimated.state_dict());
        ((BatchNorm)tracked[1]).NumBatchesTracked!.zero_();
        ((GhostBatchNorm)tracked[3]).NumBatchesTracked!.zero_();
        Tensor[] batches = [random.Normal(6, 4), random.Normal(6, 4) - 1, random.Normal(4, 4) * 2];
        estimated.eval();
        Assert.Equal(["1", "3"], PreciseStatistics.Average(estimated, batches, cancellation: Token));
        tracked.train();
        foreach (var batch in batches) tracked.call(batch);
        foreach (var (name, tensor) in tracked.state_dict().Where(pair => pair.Key.Contains("running", StringComparison.Ordinal)))
            Assert.True(estimated.state_dict()[name].allclose(tensor, Close, Close));
    }

    [Theory]
    [InlineData("done")]
    [InlineData("batch of a wrong shape")]
    [InlineData("cancelled")]
    [InlineData("no batches")]
    public void All_else_is_afterwards_as_before_and_the_statistics_too_when_it_fails(string ending)
    {
        using var outer = NewDisposeScope();
        using var random = new RandomLayers(74);
        using var model = nn.Sequential(
            new InstanceNorm(3, affine: true, trackRunningStatistics: true, dtype: Double), random.BatchNorm(3), nn.Sequential(nn.BatchNorm1d(3, dtype: Double)), nn.Dropout(0.5));
        ((nn.Module)model[2]).eval();
        var modes = Modes(model);
        var before = model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        Tensor[] batches = [random.Normal(4, 3, 5), ending == "batch of a wrong shape" ? random.Normal(4, 2, 5) : random.Normal(4, 3, 5)];
        using var cancellation = new CancellationTokenSource();
        var progress = new Progress(count => cancellation.Cancel());
        var live = Live();

        void Estimate() => PreciseStatistics.Population(
            model, ending == "no batches" ? [] : batches, ending == "cancelled" ? progress : null, cancellation.Token);
        if (ending == "done") Estimate();
        else Assert.ThrowsAny<Exception>(Estimate);

        Assert.Equal(live, Live());
        Assert.Equal(modes, Modes(model));
        foreach (var (name, tensor) in model.state_dict())
            Assert.Equal(ending != "done" || !IsEstimated(name), tensor.Equals(before[name]));
        // A hook left behind would measure on.
        var mean = model.get_buffer("1.running_mean")!.clone();
        model.eval();
        model.call(batches[0]);
        Assert.True(mean.Equals(model.get_buffer("1.running_mean")!));

        static bool IsEstimated(string name) => name is "1.running_mean" or "1.running_var" or "2.0.running_mean" or "2.0.running_var";
    }

    [Fact]
    public void Where_the_elements_of_an_image_are_alike_batches_give_too_small_a_variance_and_the_population_does_not()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(75);
        using var layer = random.BatchNorm(50);
        using var model = nn.Sequential(layer);
        // 100 batches of N = 2 images of 50 channels; variance 0.4 between images and 0.6 within: σ² = 1, ρ = 0.4 + 0.6/16.
        var batches = (random.Normal(100, 2, 50, 1) * Math.Sqrt(0.4) + random.Normal(100, 2, 50, 16) * Math.Sqrt(0.6)).unbind();
        const double Rho = 0.4 + 0.6 / 16;
        // 10000 images and channels: the standard error of the mean variance is below √(2/10000) = 0.014.
        PreciseStatistics.Population(model, batches, cancellation: Token);
        Assert.Equal(1, layer.RunningVariance!.mean().item<double>(), 0.03);
        PreciseStatistics.Average(model, batches, cancellation: Token);
        Assert.Equal(1 - Rho / 2, layer.RunningVariance!.mean().item<double>() * 31 / 32, 0.03);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private const ScalarType Double = ScalarType.Float64;

    private static Sequential Network(RandomLayers random, double? momentum) => nn.Sequential(
        nn.Linear(4, 5, dtype: Double), random.BatchNorm(5, momentum), nn.Linear(5, 2, dtype: Double), new GhostBatchNorm(2, 2, momentum: momentum, dtype: Double), nn.ReLU());

    private static void RequireStatistics(BatchNorm layer, Tensor mean, Tensor variance)
    {
        Assert.True(layer.RunningMean!.allclose(mean, Close, Close));
        Assert.True(layer.RunningVariance!.allclose(variance, Close, Close));
    }

    private static bool[] Modes(nn.Module model) => [.. ModuleTree.Walk(model).Select(place => place.Module.training)];

    private static long Live() => TorchSharp.DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    private sealed class Progress(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
