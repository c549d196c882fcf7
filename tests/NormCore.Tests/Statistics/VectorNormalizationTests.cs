using NormCore.Tests.Layers;
using static TorchSharp.torch;

namespace NormCore.Tests.Statistics;

public class VectorNormalizationTests
{
    public static TheoryData<double> Orders => [1, 2, 3.5, double.PositiveInfinity];

    [Theory]
    [MemberData(nameof(Orders))]
    public void A_vector_of_zeros_gives_zeros_and_a_gradient_of_dy_over_eps(double p)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(36);
        var (x, dy) = (zeros(2, 3, ScalarType.Float64).requires_grad_(), random.Normal(2, 3));
        var y = VectorNormalization.Normalize(x, p, eps: 0.25);
        Assert.True(y.Equals(zeros_like(y)));
        Assert.True(autograd.grad([(y * dy).sum()], [x])[0].allclose(dy / 0.25, 1e-15, 0));
        Assert.True(VectorNormalization.Normalize(x, p, eps: 0).Equals(zeros_like(y)));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Vectors_too_long_or_too_short_to_be_squared_give_the_same_direction(double p)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(37);
        var x = random.Normal(4, 5).to(ScalarType.Float32);
        var y = VectorNormalization.Normalize(x, p);
        // A power of two rounds nothing.
        Assert.True(y.Equals(VectorNormalization.Normalize(x * MathF.ScaleB(1, 100), p)));
        Assert.True(y.Equals(VectorNormalization.Normalize(x * MathF.ScaleB(1, -100), p, eps: 0)));
    }

    [Fact]
    public void Half_precision_vectors_are_measured_in_float32()
    {
        using var scope = NewDisposeScope();
        var y = VectorNormalization.Normalize(full([1, 4], 60000, ScalarType.Float16));
        Assert.Equal(ScalarType.Float16, y.dtype);
        Assert.True(y.eq(0.5).all().item<bool>());
    }

    [Fact]
    public void Nothing_gives_nothing()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([0, 3], VectorNormalization.Normalize(rand(0, 3)).shape);
        Assert.Equal([3, 0], VectorNormalization.Normalize(rand(3, 0)).shape);
    }

    [Theory]
    [InlineData(0.5, 1, 0)]
    [InlineData(double.NaN, 1, 0)]
    [InlineData(2, 2, 0)]
    [InlineData(2, 1, -1)]
    public void Impossible_arguments_are_refused(double p, long axis, double eps)
    {
        using var x = rand(2, 3);
        Assert.ThrowsAny<ArgumentException>(() => VectorNormalization.Normalize(x, p, axis, eps));
    }
}
