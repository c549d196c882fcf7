using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class LocalResponseNormTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(long.MaxValue)]
    public void Each_value_is_divided_by_the_squares_around_it_of_an_even_window_one_more_before(long size)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(34);
        using var layer = new LocalResponseNorm(size, alpha: 2, beta: 0.6, k: 1.5);
        var x = random.Normal(1, 5, 1);
        double[] values = [.. x.data<double>()];
        double[] y = [.. layer.call(x).data<double>()];
        for (var c = 0; c < 5; c++)
        {
            var window = Enumerable.Range(0, 5).Where(other => other >= c - size / 2 && other <= c + (size - 1) / 2);
            var sum = window.Sum(other => values[other] * values[other]);
            Assert.Equal(values[c] / Math.Pow(1.5 + 2.0 / size * sum, 0.6), y[c], 1e-14);
        }
    }

    [Theory]
    [InlineData(new long[] { 3, 4 })]
    [InlineData(new long[] { 4 })]
    public void Fewer_than_three_axes_are_refused(long[] shape)
    {
        using var scope = NewDisposeScope();
        using var layer = new LocalResponseNorm(2);
        Assert.Contains("(N, C, *)", Assert.Throws<ArgumentException>(() => layer.forward(rand(shape))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new long[] { 0, 3, 4 })]
    [InlineData(new long[] { 2, 0, 4 })]
    [InlineData(new long[] { 2, 3, 0 })]
    public void Nothing_gives_nothing(long[] shape)
    {
        using var scope = NewDisposeScope();
        using var layer = new LocalResponseNorm(2);
        Assert.Equal(shape, layer.call(rand(shape)).shape);
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocalResponseNorm(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocalResponseNorm(3, alpha: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocalResponseNorm(3, beta: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocalResponseNorm(3, k: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocalResponseNorm(3, k: double.PositiveInfinity));
    }
}
