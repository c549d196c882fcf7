using NormCore;
using NormLab.Models;
using NormLab.Propagation;
using static TorchSharp.torch;

namespace NormLab.Tests.Propagation;

public class PropagationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Orthogonal_vectors_of_equal_length_have_their_number_for_rank(int k)
    {
        using var h = 2.5 * eye(7, dtype: ScalarType.Float64)[..k];
        Assert.Equal(k, EffectiveRank.Of(h.repeat(3, 1)), 1e-12);
    }

    [Fact]
    public void Two_singular_values_have_the_rank_of_their_entropy()
    {
        // p = (3/4, 1/4).
        using var h = diag(tensor([3.0, 1.0]));
        Assert.Equal(Math.Exp(0.75 * Math.Log(4.0 / 3) + 0.25 * Math.Log(4)), EffectiveRank.Of(h), 1e-12);
        Assert.Throws<ArgumentException>(() => EffectiveRank.Of(ones(3)));
    }

    [Fact]
    public void A_signal_that_doubles_per_layer_is_seen_to()
    {
        var network = nn.Sequential(("a", Doubling()), ("b", Doubling()), ("c", Doubling()));
        using var x = eye(4, dtype: ScalarType.Float64);
        var signals = LayerSignal.Of(network, x, training: true, _ => true);
        Assert.Equal(["a", "b", "c"], signals.Select(signal => signal.Layer));
        Assert.Equal([1, 4, 16], signals.Select(signal => signal.Activation), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([16, 4], signals.SkipLast(1).Select(signal => signal.Gradient / signals[^1].Gradient), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.All(signals, signal => Assert.Equal((4, 0), (signal.Rank, signal.Cosine), (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-12));

        static nn.Module<Tensor, Tensor> Doubling()
        {
            var linear = nn.Linear(4, 4, hasBias: false, dtype: ScalarType.Float64);
            using var frozen = no_grad();
            linear.weight!.copy_(2 * eye(4));
            return linear;
        }
    }

    [Fact]
    public void Looking_leaves_no_trace()
    {
        var network = Networks.Mlp(c => new BatchNorm(c), 1, [8, 8]);
        network.eval();
        using var x = randn(16, 1, 28, 28);
        using var before = network.call(x);
        var signals = LayerSignal.Of(network, x, training: true, name => name.StartsWith("norm"));
        Assert.Equal(["norm1", "norm2"], signals.Select(signal => signal.Layer));
        Assert.Equal(1, signals[0].Activation, 1e-3); // Mean square 1 but for ε.
        Assert.True(network.call(x).equal(before).all().item<bool>());
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.Throws<ArgumentException>(() => LayerSignal.Of(network, x, true, _ => false));
    }

    [Fact]
    public void A_residual_stream_adds_its_branches()
    {
        var network = ResidualMlp.Network(c => new BatchNorm(c), 1, blocks: 3, width: 32);
        using var x = randn(64, 1, 28, 28);
        using var before = Activations.Of(network, "block1", x);
        using var branch = Activations.Of(network, "block2.branch", x);
        using var after = Activations.Of(network, "block2", x);
        Assert.True(after.allclose(before + branch, atol: 1e-5));

        var skipped = ResidualMlp.Network(null, 1, blocks: 3, width: 32, branchScale: 0);
        using var stem = Activations.Of(skipped, "stem", x);
        using var last = Activations.Of(skipped, "block3", x);
        Assert.True(last.equal(stem).all().item<bool>());
        Assert.Equal([64, 10], network.call(x).shape);
    }
}
