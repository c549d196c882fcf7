using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class LayerNormTests
{
    [Theory]
    [InlineData(true, true, "bias weight")]
    [InlineData(true, false, "weight")]
    [InlineData(false, true, "")]
    public void State_dict_has_the_keys_of_PyTorch(bool affine, bool bias, string keys)
    {
        using var layer = new LayerNorm(3, elementwiseAffine: affine, bias: bias);
        Assert.Equal(keys, string.Join(' ', layer.state_dict().Keys.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Samples_do_not_influence_each_other()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(10);
        using var layer = random.LayerNorm(6);
        var x = random.Normal(4, 6);
        var alone = layer.call(x[TensorIndex.Slice(2, 3)]);
        Assert.True(layer.call(x)[TensorIndex.Slice(2, 3)].allclose(alone, 1e-14, 1e-14));
    }

    [Fact]
    public void The_normalized_shape_is_a_copy_of_the_argument()
    {
        long[] shape = [2, 3];
        using var layer = new LayerNorm(shape);
        shape[0] = 7;
        Assert.Equal([2, 3], layer.NormalizedShape);
    }

    [Theory]
    [InlineData(new long[] { 2, 4 }, "[5]")]
    [InlineData(new long[] { 5, 4 }, "[5]")]
    [InlineData(new long[] { }, "[5]")]
    public void Last_axes_other_than_the_normalized_shape_are_refused(long[] shape, string needed)
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerNorm(5);
        Assert.Contains(needed, Assert.Throws<ArgumentException>(() => layer.forward(rand(shape))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new LayerNorm([]));
        Assert.Throws<ArgumentNullException>(() => new LayerNorm(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LayerNorm([3, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LayerNorm(3, eps: double.NaN));
        Assert.Throws<ArgumentException>(() => new LayerNorm(3, dtype: ScalarType.Bool));
    }

    [Fact]
    public void Float64_input_is_refused_by_float32_parameters()
    {
        using var layer = new LayerNorm(3);
        using var x = ones(2, 3, ScalarType.Float64);
        Assert.Contains("must agree", Assert.Throws<ArgumentException>(() => layer.forward(x)).Message, StringComparison.Ordinal);
    }
}
