using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class GroupNormTests
{
    [Theory]
    [InlineData(true, "bias weight")]
    [InlineData(false, "")]
    public void State_dict_has_the_keys_of_PyTorch(bool affine, string keys)
    {
        using var layer = new GroupNorm(2, 4, affine: affine);
        Assert.Equal(keys, string.Join(' ', layer.state_dict().Keys.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void The_same_in_evaluation_and_for_a_sample_alone()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(24);
        using var layer = random.Drawn(new GroupNorm(2, 6, dtype: ScalarType.Float64));
        var x = random.Normal(4, 6, 3);
        var y = layer.call(x);
        layer.eval();
        Assert.True(layer.call(x[TensorIndex.Slice(2, 3)]).allclose(y[TensorIndex.Slice(2, 3)], 1e-14, 1e-14));
    }

    [Theory]
    [InlineData(new long[] { 4 }, "(N, 4, *)")]
    [InlineData(new long[] { }, "(N, 4, *)")]
    [InlineData(new long[] { 4, 6, 2 }, "(N, 4, *)")]
    [InlineData(new long[] { 1, 4 }, null)]
    public void A_wrong_shape_is_refused_with_the_shape_that_is_needed(long[] shape, string? needed)
    {
        using var scope = NewDisposeScope();
        using var layer = new GroupNorm(2, 4);
        if (needed is null) Assert.Equal(shape, layer.forward(rand(shape)).shape);
        else Assert.Contains(needed, Assert.Throws<ArgumentException>(() => layer.forward(rand(shape))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Contains("must divide", Assert.Throws<ArgumentException>(() => new GroupNorm(4, 6)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroupNorm(0, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroupNorm(2, -6));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroupNorm(2, 6, eps: double.NaN));
        Assert.Throws<ArgumentException>(() => new GroupNorm(2, 6, dtype: ScalarType.Int32));
    }
}
