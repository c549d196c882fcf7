using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class DynamicTanhTests
{
    [Theory]
    [InlineData(true, "alpha bias weight")]
    [InlineData(false, "alpha")]
    public void State_dict_has_the_names_of_the_paper(bool affine, string keys)
    {
        using var layer = new DynamicTanh(3, elementwiseAffine: affine);
        Assert.Equal(keys, string.Join(' ', layer.state_dict().Keys.Order(StringComparer.Ordinal)));
        Assert.Equal([1], layer.Alpha.shape);
        Assert.Equal(0.5f, layer.Alpha.item<float>());
    }

    [Fact]
    public void Each_element_is_squashed_alone()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(31);
        using var layer = random.Drawn(new DynamicTanh([3, 2], dtype: ScalarType.Float64));
        var x = random.Normal(4, 3, 2);
        var y = layer.call(x);
        var (alpha, gamma, beta) = (layer.Alpha.item<double>(), layer.Weight![2, 1].item<double>(), layer.Bias![2, 1].item<double>());
        for (var n = 0; n < 4; n++)
            Assert.Equal(gamma * Math.Tanh(alpha * x[n, 2, 1].item<double>()) + beta, y[n, 2, 1].item<double>(), 1e-14);
    }

    [Fact]
    public void Impossible_arguments_and_inputs_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => new DynamicTanh([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DynamicTanh(3, alpha: double.NaN));
        Assert.Throws<ArgumentException>(() => new DynamicTanh(3, dtype: ScalarType.Int64));
        using var layer = new DynamicTanh(5);
        Assert.Contains("DynamicTanh of normalizedShape [5]", Assert.Throws<ArgumentException>(() => layer.forward(rand(2, 4))).Message, StringComparison.Ordinal);
        Assert.Contains("must agree", Assert.Throws<ArgumentException>(() => layer.forward(rand(2, 5, ScalarType.Float64))).Message, StringComparison.Ordinal);
    }
}
