using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class AdaptiveInstanceNormTests
{
    [Fact]
    public void The_result_has_the_moments_of_the_style()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(32);
        using var layer = new AdaptiveInstanceNorm(0.5);
        var (content, style) = (random.Normal(2, 3, 4, 5) * 3 + 7, random.Normal(2, 3, 6) * 0.1 - 2);
        var y = layer.call(content, style);
        var (mean, variance, _) = Moments.Of(y, 2, 3);
        var ((_, before, _), (styleMean, styleVariance, _)) = (Moments.Of(content, 2, 3), Moments.Of(style, 2));
        Assert.Equal(content.shape, y.shape);
        Assert.True(mean.view(2, 3).allclose(styleMean.view(2, 3), 1e-13, 1e-13));
        // σ²(x̂) is σ²/(σ² + ε), and x̂ is multiplied by √(σ²(s) + ε).
        Assert.True(variance.view(2, 3).allclose((before / (before + 0.5)).view(2, 3) * (styleVariance.view(2, 3) + 0.5), 1e-12, 0));
    }

    [Fact]
    public void The_content_as_its_own_style_comes_back()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(33);
        using var layer = new AdaptiveInstanceNorm(0.5);
        var x = random.Normal(2, 3, 4, 5) * 3 + 7;
        Assert.True(layer.call(x, x).allclose(x, 1e-13, 1e-13));
    }

    [Fact]
    public void A_half_precision_content_gives_a_half_precision_result()
    {
        using var scope = NewDisposeScope();
        using var layer = new AdaptiveInstanceNorm();
        // In float16 the squares of 300 would overflow.
        var content = (rand(2, 3, 8) * 300).to(ScalarType.Float16);
        var y = layer.call(content, content);
        Assert.Equal(ScalarType.Float16, y.dtype);
        Assert.True(y.allclose(content, 1e-3, 1e-3));
    }

    [Theory]
    [InlineData(new long[] { 2, 3 }, new long[] { 2, 3 }, "same N and C")]
    [InlineData(new long[] { 2, 3, 4 }, new long[] { 2, 3 }, "same N and C")]
    [InlineData(new long[] { 2, 3, 4 }, new long[] { 1, 3, 4 }, "same N and C")]
    [InlineData(new long[] { 2, 3, 4 }, new long[] { 2, 4, 4 }, "same N and C")]
    [InlineData(new long[] { 2, 3, 1, 1 }, new long[] { 2, 3, 4 }, "no deviation")]
    [InlineData(new long[] { 2, 3, 4 }, new long[] { 2, 3, 0 }, "no deviation")]
    [InlineData(new long[] { 0, 3, 4 }, new long[] { 0, 3, 5 }, null)]
    [InlineData(new long[] { 2, 3, 0 }, new long[] { 2, 3, 5 }, null)]
    public void Maps_that_do_not_match_are_refused_and_empty_ones_are_not(long[] content, long[] style, string? complaint)
    {
        using var scope = NewDisposeScope();
        using var layer = new AdaptiveInstanceNorm();
        if (complaint is null) Assert.Equal(content, layer.forward(rand(content), rand(style)).shape);
        else Assert.Contains(complaint, Assert.Throws<ArgumentException>(() => layer.forward(rand(content), rand(style))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveInstanceNorm(-1));
        using var layer = new AdaptiveInstanceNorm();
        Assert.Throws<ArgumentNullException>(() => layer.forward(rand(2, 3, 4), null!));
        Assert.Throws<ArgumentException>(() => layer.forward(rand(2, 3, 4), rand(2, 3, 4, ScalarType.Float64)));
        Assert.Throws<ArgumentException>(() => layer.forward(rand(2, 3, 4), empty([2, 3, 4], device: META)));
    }
}
