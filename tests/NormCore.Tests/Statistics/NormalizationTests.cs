using NormCore.Tests.Layers;
using static TorchSharp.torch;

namespace NormCore.Tests.Statistics;

public class NormalizationTests
{
    [Fact]
    public void The_result_has_mean_0_and_variance_v_over_v_plus_eps()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(16);
        var x = random.Normal(8, 3, 5) * 3 + 7;
        var (_, variance, _) = Moments.Of(x, 0, 2);
        var (mean, spread, _) = Moments.Of(Normalization.Normalize(x, [0, 2], 0.5), 0, 2);
        Assert.True(mean.allclose(zeros_like(mean), 0, 1e-14));
        Assert.True(spread.allclose(variance / (variance + 0.5), 1e-13, 1e-13));
    }

    [Fact]
    public void Given_its_own_moments_x_is_normalized_as_without_them()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(17);
        var x = random.Normal(8, 3);
        Assert.True(Normalization.Normalize(x, Moments.Of(x, 0)).allclose(Normalization.Normalize(x, [0]), 1e-13, 1e-13));
    }

    [Fact]
    public void Gamma_and_beta_may_live_on_other_axes_than_the_statistics()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(18);
        var (x, gamma, beta) = (random.Normal(2, 4, 3, 3), random.Normal(4), random.Normal(4));
        // Group norm of two groups: statistics of (N, G) over a view, parameters per channel.
        var xhat = Normalization.Normalize(x.view(2, 2, 2, 3, 3), [2, 3, 4]).view(2, 4, 3, 3);
        var peer = nn.functional.group_norm(x, 2, gamma, beta, 1e-5);
        Assert.True(Normalization.Affine(xhat, gamma, beta, 1).allclose(peer, 1e-12, 1e-12));
    }

    [Fact]
    public void Parameters_and_moments_on_another_device_are_refused()
    {
        using var scope = NewDisposeScope();
        var (x, elsewhere) = (rand(4, 3), empty([1, 3], device: META));
        Assert.Contains("meta", Assert.Throws<ArgumentException>(() => Normalization.Affine(x, elsewhere.view(3), null, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("meta", Assert.Throws<ArgumentException>(() => Normalization.Normalize(x, new Moments(elsewhere, elsewhere, 0))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Integers_are_refused()
    {
        using var x = ones(3, 2, ScalarType.Int32);
        Assert.Throws<ArgumentException>(() => Normalization.Normalize(x, [0]));
    }
}
