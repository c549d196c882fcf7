using NormCore.Tests.Layers;
using static TorchSharp.torch;

namespace NormCore.Tests.Statistics;

public class SampleInclusionTests
{
    [Theory]
    [InlineData(2.0, 4)]
    [InlineData(2.0, 8)]
    [InlineData(3.0, 8)]
    [InlineData(3.0, 32)]
    [InlineData(-4.0, 16)]
    public void Training_makes_of_an_extreme_sample_on_average_what_the_exact_law_says_and_nearly_what_the_map_says(double z, int m)
    {
        var (mean, error) = InTraining(z, m);
        Assert.Equal(ExactMean(z, m), mean, 4 * error);
        Assert.True(Math.Abs(mean - Squashed(z, m)) < Math.Abs(mean - z));
    }

    [Fact]
    public void For_a_sample_near_the_mean_the_population_map_is_the_nearer_one()
    {
        var (mean, error) = InTraining(1, 8);
        Assert.Equal(ExactMean(1, 8), mean, 4 * error);
        Assert.True(Math.Abs(mean - 1) + 4 * error < Math.Abs(mean - Squashed(1, 8)));
    }

    [Fact]
    public void The_layer_makes_the_map_of_each_channel_with_its_own_batch_size()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(81);
        using var batchNorm = random.BatchNorm(2);
        using var layer = SampleInclusiveBatchNorm.Of(batchNorm, double.PositiveInfinity);
        batchNorm.eval();
        var (x, dy) = (random.Normal(5, 2, 3).requires_grad_(), random.Normal(5, 2, 3));
        Assert.True(layer.call(x).allclose(batchNorm.call(x), 1e-14, 1e-14));

        layer.BatchSize.copy_(tensor([4.0, 64.0]));
        var z = (x - Channels(batchNorm.RunningMean!)) / (Channels(batchNorm.RunningVariance!) + 1e-5).sqrt();
        var squashed = z / (1 + z.square() / tensor([3.0, 63.0]).view(1, 2, 1)).sqrt();
        var expected = Channels(batchNorm.Weight!) * squashed + Channels(batchNorm.Bias!);
        Assert.True(layer.call(x).allclose(expected, 1e-13, 1e-13));
        var dx = autograd.grad([(layer.call(x) * dy).sum()], [x])[0];
        Assert.True(dx.allclose(autograd.grad([(expected * dy).sum()], [x])[0], 1e-13, 1e-13));

        static Tensor Channels(Tensor values) => values.view(1, 2, 1);
    }

    [Fact]
    public void The_map_is_bounded_as_training_is_and_keeps_half_types()
    {
        using var scope = NewDisposeScope();
        using var y = SampleInclusion.Squash(tensor([1e9, -1e9], ScalarType.Float64), 10);
        Assert.Equal([3, -3], y.data<double>());
        Assert.Equal(ScalarType.BFloat16, SampleInclusion.Squash(ones(1, ScalarType.BFloat16), 10).dtype);
    }

    [Fact]
    public void A_batch_that_is_the_sample_alone_is_refused()
    {
        using var batchNorm = new BatchNorm(2);
        using var untracked = new BatchNorm(2, trackRunningStatistics: false);
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleInclusiveBatchNorm.Of(batchNorm, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleInclusion.Squash(batchNorm.Weight!, double.NaN));
        Assert.Throws<InvalidOperationException>(() => SampleInclusiveBatchNorm.Of(untracked, 8));
    }

    private static double Squashed(double z, int m)
    {
        using var score = tensor(z, ScalarType.Float64);
        using var map = SampleInclusion.Squash(score, m);
        return map.item<double>();
    }

    /// <summary>The mean output of a batch norm in training for the sample z among m−1 Gaussian mates, and its standard error: one draw per channel.</summary>
    private static (double Mean, double Error) InTraining(double z, int m)
    {
        const long Draws = 100_000;
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(82);
        using var layer = new BatchNorm(Draws, eps: 0, affine: false, trackRunningStatistics: false, dtype: ScalarType.Float64);
        var x = random.Normal(m, Draws);
        x[0] = tensor(z, ScalarType.Float64);
        var draws = layer.call(x)[0];
        var mean = draws.mean();
        return (mean.item<double>(), Math.Sqrt((draws - mean).square().mean().item<double>() / Draws));
    }

    /// <summary>
    /// With ȳ the mean and S the squared deviations of the mates, and w = (z − ȳ)√((m−1)/m), the output is √(m−1) w/√(S + w²), where
    /// w is normal around z √((m−1)/m) with variance 1/m and S is χ² with m−2 degrees of freedom. Midpoint sums over w and √S.
    /// </summary>
    private static double ExactMean(double z, int m)
    {
        const int Steps = 1000;
        var (sum, total, top) = (0.0, 0.0, Math.Sqrt(m - 2) + 9);
        for (var i = 0; i < Steps; i++)
        {
            var root = (i + 0.5) / Steps * top;
            var chi = Math.Exp((m - 3) * Math.Log(root) - root * root / 2);
            for (var j = 0; j < Steps; j++)
            {
                var normal = ((j + 0.5) / Steps - 0.5) * 18;
                var weight = chi * Math.Exp(-normal * normal / 2);
                var w = z * Math.Sqrt((m - 1.0) / m) + normal / Math.Sqrt(m);
                (sum, total) = (sum + weight * Math.Sqrt(m - 1) * w / Math.Sqrt(root * root + w * w), total + weight);
            }
        }
        return sum / total;
    }
}
