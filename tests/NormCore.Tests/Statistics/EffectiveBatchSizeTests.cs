using NormCore.Tests.Layers;
using static TorchSharp.torch;

namespace NormCore.Tests.Statistics;

public class EffectiveBatchSizeTests
{
    // Images of 9 places with variance A between images and E within: σ² = A + E, and the image means vary by A + E/9.
    private const double A = 0.5, E = 1.5, Rho = (A + E / 9) / (A + E);

    [Fact]
    public void The_correlation_is_the_part_of_the_variance_that_is_between_images()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(91);
        var x = cat([Images(random, 20_000), random.Normal(20_000, 1, 9)], dim: 1);
        var rho = EffectiveBatchSize.Correlation(x).data<double>().ToArray();
        // The variance of n image means has the relative standard error √(2/n) = 0.01; the total variance adds less.
        Assert.Equal(Rho, rho[0], 4 * 0.01 * Rho);
        Assert.Equal(1.0 / 9, rho[1], 4 * 0.01 / 9);
        Assert.Equal(20_000 / rho[0], EffectiveBatchSize.Of(x)[0].item<double>(), 1e-6);
    }

    [Fact]
    public void Small_batches_estimate_it_without_bias()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(92);
        // One batch of 64 images per channel, 2000 channels. The ratio has a bias of order 1/64 of its own.
        var rho = EffectiveBatchSize.Correlation(Images(random, 64, channels: 2000)).mean().item<double>();
        Assert.Equal(Rho, rho, Rho / 64);
    }

    [Fact]
    public void The_mean_of_a_batch_varies_as_that_of_so_many_independent_elements()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(93);
        const long Batches = 20_000, N = 4;
        using var moments = Moments.Of(Images(random, N, channels: Batches), 0, 2);
        var means = moments.Mean.view(-1);
        // Relative standard error of the variance of 20000 means: 0.01.
        Assert.Equal((A + E) / (N / Rho), (means - means.mean()).square().mean().item<double>(), 4 * 0.01 * (A + E) * Rho / N);
        // σ_B² of a batch has a standard deviation below its mean.
        Assert.Equal((A + E) * (1 - Rho / N), moments.Variance.mean().item<double>(), 4 * (A + E) / Math.Sqrt(Batches));
    }

    [Fact]
    public void Without_further_axes_every_sample_counts()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(94);
        Assert.True(EffectiveBatchSize.Of(random.Normal(7, 3)).allclose(full(3, 7.0, ScalarType.Float64), 1e-13, 1e-13));
        Assert.Throws<ArgumentException>(() => EffectiveBatchSize.Of(random.Normal(1, 3, 5)));
    }

    private static Tensor Images(RandomLayers random, long n, long channels = 1) =>
        random.Normal(n, channels, 1) * Math.Sqrt(A) + random.Normal(n, channels, 9) * Math.Sqrt(E);
}
