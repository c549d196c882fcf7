using NormCore;
using NormLab.Mechanisms;
using NormLab.Models;
using static TorchSharp.torch;

namespace NormLab.Tests.Mechanisms;

public class MechanismTests
{
    private static readonly long[] Shared = [0, 2, 3];
    private static readonly Tensor X = 3 * randn([8, 4, 5, 5], generator: new(3)) + 2;

    [Fact]
    public void The_two_halves_one_after_the_other_are_batch_norm()
    {
        using var y = new ScaleOnlyBatchNorm(4).call(new MeanOnlyBatchNorm(4).call(X));
        using var expected = new BatchNorm(4).call(X);
        Assert.True(y.allclose(expected, atol: 1e-5));
    }

    [Fact]
    public void Each_half_alone_leaves_the_other_statistic_as_it_was()
    {
        using var centred = new MeanOnlyBatchNorm(4).call(X);
        Assert.True(centred.mean(Shared).abs().max().item<float>() < 1e-5);
        Assert.True(centred.square().mean(Shared).allclose((X - X.mean(Shared, keepdim: true)).square().mean(Shared), rtol: 1e-5));

        using var scaled = new ScaleOnlyBatchNorm(4).call(X);
        Assert.True(scaled.square().mean(Shared).allclose(ones(4), rtol: 1e-5));
        Assert.True(scaled.mean(Shared).min().item<float>() > 0.3); // 2/√(9 + 4) = 0.55.
    }

    [Fact]
    public void Drift_has_the_moments_of_its_distributions_and_stops_in_evaluation()
    {
        using var drift = new Drift(seed: 1);
        using var flat = ones(50, 400, 1);
        using var y = drift.call(flat); // s + m
        var perChannel = y.mean(new long[] { 0, 2 });

        // Of 400 channels: mean 1.125 ± √((0.25² + 1)/12/400), variance of the centres (0.25² + 1²)/12 ± √(2/400).
        Assert.Equal(1.125, perChannel.mean().item<float>(), 3 * Math.Sqrt(1.0625 / 12 / 400));
        Assert.Equal(1, perChannel.var().item<float>() / (1.0625 / 12), 3 * Math.Sqrt(2.0 / 400));

        // Per sample: 0.1² + 0.2²/12 with 50 · 400 draws.
        Assert.Equal(1, y.var(0).mean().item<float>() / (0.01 + 0.04 / 12), 3 * Math.Sqrt(2.0 / 20_000));
        Assert.False(drift.call(flat).allclose(y));
        drift.eval();
        Assert.True(drift.call(flat).equal(flat).all().item<bool>());
    }

    [Fact]
    public void A_start_from_the_data_gives_every_channel_mean_0_and_variance_1()
    {
        using var x = randn(32, 1, 14, 14);
        var network = DataDependentStart.Apply(Networks.DeepCnn(null, 1, depth: 4, width: 4), x);
        for (var layer = 1; layer <= 4; layer++)
        {
            using var h = Activations.Of(network, $"conv{layer}", x);
            Assert.True(h.mean(Shared).abs().max().item<float>() < 1e-4);
            Assert.True((h.square().mean(Shared) - 1).abs().max().item<float>() < 1e-3);
        }

        Assert.Throws<ArgumentException>(() => DataDependentStart.Apply(Networks.DeepCnn(c => new BatchNorm(c), 1), x));
    }
}
