using NormLab.Models;
using NormLab.Shift;
using static TorchSharp.torch;

namespace NormLab.Tests.Shift;

public class DriftTests
{
    private static readonly LayerMoments Before = new("a", [1, 0, 5], [2, 1, 0]);
    private static readonly LayerMoments After = new("a", [4, -1, 9], [6, 1, 3]);

    [Fact]
    public void Drift_is_the_mean_over_the_channels_in_standard_deviations_and_leaves_out_constant_ones()
    {
        // Channel 0: 3/2 and 6/2 − 1 = 2. Channel 1: 1 and 0. Channel 2 has σ = 0.
        Assert.Equal(new MomentDrift((1.5 + 1) / 2, (2 + 0) / 2.0), MomentDrift.Of(Before, After));

        // W₂ is √(3² + 4²) = 5 and √(1² + 0²) = 1.
        Assert.Equal(new WassersteinDrift((5 + 1) / 2.0, (2.5 + 1) / 2), WassersteinDrift.Of(Before, After));
    }

    [Fact]
    public void The_Wasserstein_distance_is_that_of_the_best_pairing_of_samples()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        Tensor Sorted(double mean, double deviation) => (randn([400_000, 1], ScalarType.Float64, generator: generator) * deviation + mean).sort(0).Values;
        var (a, b) = (Sorted(1, 2), Sorted(-0.5, 0.7));

        // Sorting pairs optimally in one dimension. The tolerance: mean and deviation of n samples err by about σ/√n = 0.003 each.
        var sorted = (a - b).square().mean().sqrt().item<double>();
        Assert.Equal(sorted, WassersteinDrift.Of(LayerMoments.Of("a", a), LayerMoments.Of("b", b)).Distance, 0.01);
        Assert.Equal(Math.Sqrt(1.5 * 1.5 + 1.3 * 1.3), sorted, 0.02);
    }

    [Fact]
    public void Moments_of_several_layers_are_those_of_their_outputs_and_the_network_stays_as_it_is()
    {
        using var scope = NewDisposeScope();
        var network = Networks.Cnn(c => new NormCore.BatchNorm(c), 1);
        var x = randn(16, 1, 8, 8);
        var state = network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        network.eval();
        foreach (var training in new[] { true, false })
        {
            var moments = LayerMoments.Of(network, ["norm2", "conv1"], x, training);
            Assert.Equal(["norm2", "conv1"], moments.Select(layer => layer.Layer));
            network.train(training);
            foreach (var layer in moments)
            {
                var expected = LayerMoments.Of(layer.Layer, Activations.Of(network, layer.Layer, x));
                Assert.Equal(expected.Mean, layer.Mean);
                Assert.Equal(expected.Deviation, layer.Deviation);
            }

            network.load_state_dict(state);
            network.eval();
            LayerMoments.Of(network, ["norm2"], x, training);
            Assert.False(network.training);
            Assert.All(network.state_dict(), pair => Assert.True(pair.Value.Equals(state[pair.Key])));
        }

        Assert.Contains("norm3", Assert.Throws<ArgumentException>(() => LayerMoments.Of(network, ["norm9"], x, true)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 10, 20, 30, double.PositiveInfinity }, 1)]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 4, 3, 2, 1 }, -1)]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, new double[] { 2, 1, 4, 3, 5 }, 0.8)] // 1 − 6·4/(5·24)
    [InlineData(new double[] { 1, 1, 2 }, new double[] { 1, 2, 3 }, 0.8660254037844387)] // Ranks 1.5, 1.5, 3: 1.5/√(1.5·2)
    public void Rank_correlation_of_known_orders(double[] x, double[] y, double expected)
    {
        Assert.Equal(expected, RankCorrelation.Of(x, y), 1e-14);
        Assert.Throws<ArgumentException>(() => RankCorrelation.Of([1, double.NaN], [1, 2]));
        Assert.Throws<ArgumentException>(() => RankCorrelation.Of([1, 2], [1]));
    }
}
