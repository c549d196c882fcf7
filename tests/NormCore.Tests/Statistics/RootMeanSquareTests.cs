using NormCore.Tests.Layers;
using static TorchSharp.torch;

namespace NormCore.Tests.Statistics;

public class RootMeanSquareTests
{
    [Fact]
    public void The_root_mean_square_keeps_the_reduced_axes_and_divides_x()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(35);
        var x = random.Normal(4, 3, 5);
        var rms = Normalization.RootMeanSquare(x, [0, -1], 0.5);
        Assert.Equal([1, 3, 1], rms.shape);
        Assert.True(rms.allclose((x.square().mean([0, 2], keepdim: true) + 0.5).sqrt(), 1e-14, 0));
        Assert.True(Normalization.NormalizeRms(x, [0, 2], 0.5).allclose(x / rms, 1e-14, 0));
    }

    [Theory]
    [InlineData(3e38f)]
    [InlineData(1e25f)]
    [InlineData(1e-25f)]
    [InlineData(0f)]
    public void Equal_elements_have_their_own_size_as_root_mean_square(float value)
    {
        using var scope = NewDisposeScope();
        // x/s is 1 and so is its mean square: nothing is rounded.
        Assert.Equal(value, Normalization.RootMeanSquare(full([6], -value), [0]).item<float>());
    }

    [Fact]
    public void Half_precision_gives_float32()
    {
        using var scope = NewDisposeScope();
        var rms = Normalization.RootMeanSquare(full([100], 60000, ScalarType.Float16), [0]);
        Assert.Equal(ScalarType.Float32, rms.dtype);
        Assert.Equal(60000f, rms.item<float>());
    }

    [Fact]
    public void Nothing_gives_nothing()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([0, 3], Normalization.NormalizeRms(rand(0, 3), [1]).shape);
        Assert.Equal([0, 3], Normalization.NormalizeRms(rand(0, 3), [0]).shape);
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => Normalization.NormalizeRms(rand(2, 3), []));
        Assert.Throws<ArgumentException>(() => Normalization.NormalizeRms(rand(2, 3), [2]));
        Assert.Throws<ArgumentException>(() => Normalization.RootMeanSquare(ones(2, 3, ScalarType.Int32), [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Normalization.RootMeanSquare(rand(2, 3), [0], -1));
        Assert.Throws<ArgumentException>(() => Normalization.NormalizeRms(zeros(2, 3), [1], 0));
    }
}
