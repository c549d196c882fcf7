using NormCore;
using NormLab.Models;
using NormLab.Noise;
using NormLab.Traps;
using static TorchSharp.torch;

namespace NormLab.Tests.Traps;

public class StatisticsTrapTests
{
    [Fact]
    public void Young_averages_show_in_their_initial_share_and_drift_and_an_estimate_at_fixed_weights_cures_them()
    {
        using var norm = new BatchNorm(4, momentum: 0.01);
        Tensor[] batches = [.. Enumerable.Range(0, 20).Select(i => 6 + 3 * randn([32, 4], generator: new((ulong)i)))];
        foreach (var batch in batches)
            norm.call(batch).Dispose();
        var young = BatchNormReport.Of(norm, batches).Layers.Single();
        Assert.Equal(Math.Pow(0.99, 20), young.InitialShare!.Value, 1e-12);
        Assert.False(young.Drift!.IsSmall);

        PreciseStatistics.Average(norm, batches, cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(BatchNormReport.Of(norm, batches).Layers.Single().Drift!.MeanShift, 0, 1e-3); // float32 over ρ = 0.01.
    }

    [Fact]
    public void A_momentum_of_another_framework_and_a_wrong_variance_show_in_the_conventions()
    {
        const int m = 4;
        const double unbiased = m / (m - 1.0);
        Near([0.1, 1, unbiased, 1], Read(new BatchNorm(16)));
        Near([0.1, 1, unbiased, 1], Read(nn.BatchNorm1d(16)));
        Near([0.99, 1, unbiased, 1], Read(new BatchNorm(16, momentum: 0.99)));      // Copied.
        Near([0.01, 1, unbiased, 1], Read(new BatchNorm(16, momentum: 1 - 0.99))); // Translated.
        Near([0.1, 1, 1, 1], Read(new PortedBatchNorm(16, storedCorrection: 0)));
        Near([0.1, unbiased, unbiased, 1], Read(new PortedBatchNorm(16, forwardCorrection: 1)));

        double[] Read(nn.Module<Tensor, Tensor> layer)
        {
            var read = StatisticsConvention.Of(layer, m);
            return [read.NewBatchWeight, read.Forward, read.Stored, read.Evaluation];
        }
    }

    [Fact]
    public void The_conventions_are_read_from_a_layer_that_has_learned_and_leave_it_as_it_is()
    {
        using var norm = new BatchNorm(8, momentum: 0.3);
        using (no_grad())
            norm.Weight!.copy_(randn([8], generator: new(2)));
        norm.call(randn([32, 8], generator: new(3))).Dispose();
        using var before = norm.RunningVariance!.clone();
        var read = StatisticsConvention.Of(norm);
        Near([0.3, 1, 4 / 3.0, 1], [read.NewBatchWeight, read.Forward, read.Stored, read.Evaluation]);
        Assert.True(before.equal(norm.RunningVariance).all().item<bool>());
        Assert.Equal(1, norm.NumBatchesTracked!.item<long>());
        Assert.Throws<ArgumentException>(() => StatisticsConvention.Of(nn.Linear(2, 2)));
    }

    [Fact]
    public void A_port_with_the_conventions_of_batch_norm_is_batch_norm()
    {
        using var x = 3 * randn([8, 4, 5], generator: new(4)) + 1;
        var (port, norm) = (new PortedBatchNorm(4), new BatchNorm(4));
        Assert.True(port.call(x).allclose(norm.call(x), atol: 1e-5));
        port.eval();
        norm.eval();
        Assert.True(port.call(x).allclose(norm.call(x), atol: 1e-5));
    }

    [Fact]
    public void Dropout_before_batch_norm_shows_in_the_variance_it_stored_and_not_behind_it()
    {
        using var x = randn([4_000, 32], generator: new(6)).relu();
        var expected = 1 + Math.PI / (Math.PI - 1);
        Assert.Equal(expected, VarianceShift.OfDropout(0.5, 0.5, 0.5 - 1 / (2 * Math.PI)), 1e-12);

        // Kurtosis below 12: the variance of 4,000 values is known to √(11/4000) = 5 %, the median of 32 channels to 1.25 · 5/√32 = 1.2 %.
        Assert.Equal(expected, Shift(Before(), estimated: false), 4 * 0.012 * expected);
        Assert.Equal(1, Shift(Before(), estimated: true), 1e-3); // n/(n−1)
        Assert.Equal(1, Shift(nn.Sequential(("norm", new BatchNorm(32, momentum: 1)), ("drop", Drop())), estimated: false), 1e-3);

        Dropping Drop() => new(0.5, new Generator(7));
        nn.Module<Tensor, Tensor> Before() => nn.Sequential(("drop", Drop()), ("norm", new BatchNorm(32, momentum: 1)));
        double Shift(nn.Module<Tensor, Tensor> network, bool estimated)
        {
            network.call(x).Dispose();
            network.eval();
            if (estimated)
                PreciseStatistics.Population(network, [x], cancellation: TestContext.Current.CancellationToken);
            return VarianceShift.Of(network, x).Single().Ratio;
        }
    }

    [Fact]
    public void DropBlock_before_batch_norm_shows_in_the_variance_it_stored_and_an_estimate_without_it_cures_that()
    {
        using var x = randn([32, 4, 14, 14], generator: new(12)).relu();
        var network = nn.Sequential(("drop", new DropBlock(0.3, blockSize: 3, new Generator(13))), ("norm", new BatchNorm(4, momentum: 1)));
        network.call(x).Dispose();
        network.eval();
        Assert.True(VarianceShift.Of(network, x).Single().Ratio > 1.3); // As dropout it would be 1 + 0.3/0.7 · π/(π−1) = 1.63.
        PreciseStatistics.Population(network, [x], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(1, VarianceShift.Of(network, x).Single().Ratio, 1e-3); // n/(n−1)
    }

    [Fact]
    public void A_bias_that_was_dropped_shows_in_the_drift_and_goes_with_its_part_of_the_running_mean()
    {
        using var x = randn([256, 8], generator: new(8));
        using var bias = 1 + rand([16], generator: new(9));
        var network = Networks.Mlp(c => new BatchNorm(c, momentum: null), 1, [16], inputs: 8);
        var norm = network.modules().OfType<BatchNorm>().Single();
        network.call(x).Dispose();
        norm.RunningMean!.add_(bias); // As learned with the bias.
        Assert.False(Drift().IsSmall);
        norm.RunningMean!.sub_(bias);
        Assert.InRange(Drift().MeanShift, 0, 1e-5);

        StatisticsDrift Drift() => BatchNormReport.Of(network, [x]).Layers.Single().Drift!;
    }

    [Fact]
    public void Detached_statistics_show_in_input_gradients_that_do_not_cancel()
    {
        var (x, dy) = (randn([32, 4, 3], generator: new(10)), randn([32, 4, 3], generator: new(11)));
        var (sound, detached) = (new BatchNorm(4), new DetachedBatchNorm());
        Assert.True(sound.call(x).allclose(detached.call(x), atol: 1e-5));
        Assert.InRange(GradientBalance.Of(detached, x, dy), 0.03, 1);
        Assert.InRange(GradientBalance.Of(sound, x, dy), 0, 1e-5); // 96 terms of float32.
    }

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-3)); // float32, through differences of a hundredth.
    }
}
