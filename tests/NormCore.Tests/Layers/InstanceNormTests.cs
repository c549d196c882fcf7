using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class InstanceNormTests
{
    [Theory]
    [InlineData(false, false, "")]
    [InlineData(true, false, "bias weight")]
    [InlineData(true, true, "bias num_batches_tracked running_mean running_var weight")]
    public void State_dict_has_the_keys_of_PyTorch(bool affine, bool track, string keys)
    {
        using var layer = new InstanceNorm(3, affine: affine, trackRunningStatistics: track);
        Assert.Equal(keys, string.Join(' ', layer.state_dict().Keys.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData(null, new long[] { 3, 7 })]
    [InlineData(1, new long[] { 3, 7 })]
    [InlineData(2, new long[] { 3, 4, 5 })]
    [InlineData(3, new long[] { 3, 4, 5, 2 })]
    public void An_image_alone_is_a_batch_of_one(int? spatialDimensions, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(25);
        using var layer = random.Drawn(new InstanceNorm(3, affine: true, trackRunningStatistics: true, spatialDimensions: spatialDimensions, dtype: ScalarType.Float64));
        var x = random.Normal(shape);
        var before = layer.RunningVariance!.clone();
        var alone = layer.call(x);
        var tracked = layer.RunningVariance.clone();
        layer.RunningVariance.copy_(before);
        Assert.True(alone.Equals(layer.call(x.unsqueeze(0)).squeeze(0)));
        Assert.True(tracked.Equals(layer.RunningVariance));
        Assert.Equal(2, layer.NumBatchesTracked!.item<long>());
        layer.eval();
        Assert.True(layer.call(x).Equals(layer.call(x.unsqueeze(0)).squeeze(0)));
    }

    [Fact]
    public void A_null_momentum_averages_all_batches_equally()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(26);
        using var layer = new InstanceNorm(2, momentum: null, trackRunningStatistics: true, dtype: ScalarType.Float64);
        var batches = Enumerable.Range(0, 5).Select(_ => random.Normal(4, 2, 3)).ToArray();
        foreach (var batch in batches) layer.call(batch);
        var average = stack(batches.Select(batch => batch.var(2, unbiased: true).mean([0]))).mean([0]);
        Assert.True(layer.RunningVariance!.allclose(average, 1e-13, 1e-13));
    }

    [Theory]
    [InlineData(new long[] { 0, 3, 4 })]
    [InlineData(new long[] { 2, 3, 0 })]
    public void Nothing_gives_nothing_and_leaves_the_running_statistics_alone(long[] shape)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(27);
        using var layer = random.Drawn(new InstanceNorm(3, affine: true, trackRunningStatistics: true));
        var (mean, variance) = (layer.RunningMean!.clone(), layer.RunningVariance!.clone());
        var x = rand(shape).requires_grad_();
        var y = layer.call(x);
        y.sum().backward();
        Assert.Equal(shape, y.shape);
        Assert.Equal(shape, x.grad!.shape);
        Assert.True(mean.Equals(layer.RunningMean));
        Assert.True(variance.Equals(layer.RunningVariance));
    }

    [Fact]
    public void The_input_may_have_any_memory_layout()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(28);
        using var layer = random.Drawn(new InstanceNorm(3, affine: true, dtype: ScalarType.Float64));
        var x = random.Normal(4, 5, 6, 3).permute(0, 3, 1, 2); // (N, H, W, C) → (N, C, H, W)
        Assert.True(layer.call(x).allclose(layer.call(x.contiguous()), 1e-13, 1e-13));
    }

    [Theory]
    [InlineData(null, new long[] { 3 }, "(3, L)")]
    [InlineData(null, new long[] { 5, 4 }, "(3, L)")]
    [InlineData(null, new long[] { 3, 4, 5 }, "(N, 3, *)")]
    [InlineData(2, new long[] { 3, 5 }, "2 axes")]
    [InlineData(2, new long[] { 4, 4, 5 }, "(3, *)")]
    [InlineData(2, new long[] { 2, 3, 4, 4, 4 }, "2 axes")]
    [InlineData(null, new long[] { 9, 3, 1, 1 }, "more than 1 spatial element")]
    public void A_wrong_shape_is_refused_with_the_shape_that_is_needed(int? spatialDimensions, long[] shape, string needed)
    {
        using var scope = NewDisposeScope();
        using var layer = new InstanceNorm(3, spatialDimensions: spatialDimensions);
        var message = Assert.Throws<ArgumentException>(() => layer.forward(rand(shape))).Message;
        Assert.Contains(needed, message, StringComparison.Ordinal);
        Assert.Contains($"[{string.Join(", ", shape)}]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new InstanceNorm(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InstanceNorm(3, eps: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InstanceNorm(3, momentum: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InstanceNorm(3, spatialDimensions: 0));
        Assert.Throws<ArgumentException>(() => new InstanceNorm(3, dtype: ScalarType.Bool));
    }
}
