using NormCore.Tests.Layers;
using static TorchSharp.torch;

namespace NormCore.Tests.Statistics;

public class MomentsTests
{
    [Fact]
    public void Mean_and_variance_keep_the_reduced_axes_and_count_the_elements()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(12);
        var x = random.Normal(4, 3, 5);
        var (mean, variance, count) = Moments.Of(x, 0, -1);
        Assert.Equal([1, 3, 1], mean.shape);
        Assert.Equal(20, count);
        Assert.True(mean.allclose(x.mean([0, 2], keepdim: true), 1e-14, 1e-14));
        Assert.True(variance.allclose(x.var([0, 2], unbiased: false, keepdim: true), 1e-13, 1e-13));
        Assert.True(Moments.Of(x, 0, 2).UnbiasedVariance.allclose(x.var([0, 2], unbiased: true, keepdim: true), 1e-13, 1e-13));
    }

    [Fact]
    public void Float32_deviations_of_1_around_a_mean_of_a_million_keep_their_variance()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(13);
        var x = (random.Normal(1000) + 1e6).to(ScalarType.Float32);
        using var moments = Moments.Of(x, 0);
        var wide = x.to(ScalarType.Float64);
        var exact = (wide - wide.mean()).square().mean().item<double>();
        // Deviations are exact to u, the mean of 1000 squares to 20 u = 1.2e-6.
        Assert.Equal(1, moments.Variance.item<float>() / exact, 2e-6);
    }

    [Fact]
    public void Merged_moments_are_those_of_the_whole_for_random_splits()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(14);
        var split = new Random(14);
        for (var trial = 0; trial < 20; trial++)
        {
            var x = random.Normal(2 + split.Next(20), 3) * 2 + 5;
            var at = split.Next(1, (int)x.shape[0]);
            var merged = Moments.Of(x[TensorIndex.Slice(stop: at)], 0).Merge(Moments.Of(x[TensorIndex.Slice(at)], 0));
            var whole = Moments.Of(x, 0);
            Assert.Equal(whole.Count, merged.Count);
            Assert.True(merged.Mean.allclose(whole.Mean, 1e-13, 1e-13));
            Assert.True(merged.Variance.allclose(whole.Variance, 1e-12, 1e-13));
        }
    }

    [Fact]
    public void Merging_is_differentiable()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(15);
        var x = random.Normal(6, 2).requires_grad_();
        var weights = random.Normal(1, 2);
        var merged = Moments.Of(x[TensorIndex.Slice(stop: 2)], 0).Merge(Moments.Of(x[TensorIndex.Slice(2)], 0));
        var ours = autograd.grad([((merged.Mean + merged.Variance) * weights).sum()], [x])[0];
        var (mean, variance, _) = Moments.Of(x, 0);
        var whole = autograd.grad([((mean + variance) * weights).sum()], [x])[0];
        Assert.True(ours.allclose(whole, 1e-13, 1e-13));
    }

    [Fact]
    public void Nothing_merged_with_nothing_stays_nothing()
    {
        using var scope = NewDisposeScope();
        var nothing = new Moments(zeros(1, 2), zeros(1, 2), 0);
        var merged = nothing.Merge(nothing);
        Assert.Equal(0, merged.Count);
        Assert.True(merged.Mean.eq(0).all().item<bool>());
    }

    [Fact]
    public void Moments_of_other_channels_cannot_be_merged()
    {
        using var scope = NewDisposeScope();
        var message = Assert.Throws<ArgumentException>(() => Moments.Of(rand(4, 3), 0).Merge(Moments.Of(rand(4, 1), 0))).Message;
        Assert.Contains("[1, 3]", message, StringComparison.Ordinal);
        Assert.Contains("[1, 1]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_precision_gives_float32_moments()
    {
        using var scope = NewDisposeScope();
        using var moments = Moments.Of(full([100], 60000, ScalarType.Float16), 0);
        Assert.Equal(ScalarType.Float32, moments.Mean.dtype);
        // The nearest float16 to 60000 is 60000; a hundred of them overflow float16.
        Assert.Equal(60000f, moments.Mean.item<float>());
    }

    [Theory]
    [InlineData(new long[] { })]
    [InlineData(new long[] { 2 })]
    [InlineData(new long[] { -3 })]
    [InlineData(new long[] { 0, 0 })]
    [InlineData(new long[] { 1, -1 })]
    public void Axes_that_do_not_name_distinct_axes_of_x_are_refused(long[] axes)
    {
        using var x = rand(2, 3);
        Assert.Throws<ArgumentException>(() => Moments.Of(x, axes));
    }
}
