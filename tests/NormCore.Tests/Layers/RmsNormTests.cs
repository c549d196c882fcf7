using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class RmsNormTests
{
    [Fact]
    public void State_dict_has_the_key_of_PyTorch()
    {
        using var layer = new RmsNorm(3);
        Assert.Equal(["weight"], layer.state_dict().Keys);
        using var bare = new RmsNorm(3, elementwiseAffine: false);
        Assert.Empty(bare.state_dict());
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(-80)]
    [InlineData(-100)]
    public void A_power_of_two_changes_neither_the_output_nor_the_scaled_gradient(int exponent)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(29);
        using var layer = random.Randomized(new RmsNorm(7, eps: 0));
        var (x, dy) = (random.Normal(4, 7).to(ScalarType.Float32).requires_grad_(), random.Normal(4, 7).to(ScalarType.Float32));
        var factor = MathF.ScaleB(1, exponent);
        var scaled = (x * factor).detach().requires_grad_();
        var (y, large) = (layer.call(x), layer.call(scaled));
        // The kernels sum squares that leave float32 in float64: 1/√ then differs by one rounding, and so do products with it.
        Assert.True(y.allclose(large, rtol: 2.4e-7, atol: 0));
        var dx = autograd.grad([(y * dy).sum()], [x])[0];
        // dx is a difference of terms of the size of its largest element.
        Assert.True(dx.allclose(autograd.grad([(large * dy).sum()], [scaled])[0] * factor, rtol: 0, atol: 1e-6 * dx.abs().max().item<float>()));
    }

    [Fact]
    public void Where_eps_dwarfs_x_the_layer_divides_by_its_root()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(30);
        using var layer = new RmsNorm(7, eps: 1e-6);
        var x = random.Normal(4, 7).to(ScalarType.Float32) * 1e-25f;
        // Six roundings of 6e-8; x² is 1e-44 of ε.
        Assert.True((layer.call(x) * 1e22f).allclose(x * 1e25f, 1e-6, 0));
    }

    [Fact]
    public void Beside_an_infinity_finite_elements_become_0_and_other_samples_stay_as_they_are()
    {
        using var scope = NewDisposeScope();
        using var layer = new RmsNorm(3);
        var x = rand(2, 3) + 1;
        var alone = layer.call(x)[1];
        x[0, 1] = float.PositiveInfinity;
        var y = layer.call(x);
        Assert.Equal(0, y[0, 0].item<float>());
        Assert.True(y[0, 1].isnan().item<bool>());
        Assert.True(alone.Equals(y[1]));
    }

    [Fact]
    public void Eps_of_0_is_refused_only_where_a_sample_is_0()
    {
        using var scope = NewDisposeScope();
        using var layer = new RmsNorm(3, eps: 0);
        var x = rand(4, 3) + 1;
        Assert.False(layer.call(x).isnan().any().item<bool>());
        x[1] = 0.0;
        Assert.Contains("1 of 4", Assert.Throws<ArgumentException>(() => layer.call(x)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new long[] { 2, 4 })]
    [InlineData(new long[] { })]
    public void Last_axes_other_than_the_normalized_shape_are_refused(long[] shape)
    {
        using var scope = NewDisposeScope();
        using var layer = new RmsNorm(5);
        Assert.Contains("RmsNorm of normalizedShape [5]", Assert.Throws<ArgumentException>(() => layer.forward(rand(shape))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new RmsNorm([]));
        Assert.Throws<ArgumentNullException>(() => new RmsNorm(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsNorm([3, -1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsNorm(3, eps: double.PositiveInfinity));
        Assert.Throws<ArgumentException>(() => new RmsNorm(3, dtype: ScalarType.Int64));
    }
}
