using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

public class BatchNormErrorTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void The_number_of_channels_must_be_positive(long channels) =>
        Assert.Contains("at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNorm(channels)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(-1e-5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Eps_must_be_finite_and_not_negative(double eps) =>
        Assert.Contains("eps", Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNorm(3, eps)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Momentum_must_lie_between_0_and_1(double momentum) =>
        Assert.Contains("NEW batch", Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNorm(3, momentum: momentum)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parameters_must_be_of_a_floating_type() =>
        Assert.Contains("Int64", Assert.Throws<ArgumentException>(() => new BatchNorm(3, dtype: ScalarType.Int64)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(new long[] { 3 }, "(N, 3, *)")]
    [InlineData(new long[] { }, "(N, 3, *)")]
    [InlineData(new long[] { 4, 5 }, "(N, 3, *)")]
    [InlineData(new long[] { 1, 3 }, "more than 1 value per channel")]
    [InlineData(new long[] { 1, 3, 1, 1 }, "more than 1 value per channel")]
    public void A_wrong_shape_is_refused_with_the_shape_that_is_needed(long[] shape, string needed)
    {
        using var scope = NewDisposeScope();
        var message = Refusal(rand(shape)).Message;
        Assert.Contains(needed, message, StringComparison.Ordinal);
        Assert.Contains($"[{string.Join(", ", shape)}]", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ScalarType.Int64, "fractions")]
    [InlineData(ScalarType.ComplexFloat32, "fractions")]
    [InlineData(ScalarType.Float64, "must agree")]
    [InlineData(ScalarType.BFloat16, null)]
    public void The_type_of_the_input_must_suit_float32_parameters(ScalarType type, string? complaint)
    {
        using var scope = NewDisposeScope();
        using var layer = new BatchNorm(3);
        var x = ones(4, 3).to(type);
        if (complaint is null) Assert.Equal(type, layer.call(x).dtype);
        else Assert.Contains(complaint, Assert.Throws<ArgumentException>(() => layer.call(x)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_on_another_device_is_refused()
    {
        using var scope = NewDisposeScope();
        var message = Refusal(empty([4, 3], device: META)).Message;
        Assert.Contains("meta", message, StringComparison.Ordinal);
        Assert.Contains("cpu", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_input_is_refused()
    {
        using var layer = new BatchNorm(3);
        Assert.Throws<ArgumentNullException>(() => layer.forward(null!));
    }

    [Fact]
    public void A_disposed_input_is_refused()
    {
        using var layer = new BatchNorm(3);
        var x = rand(4, 3);
        x.Dispose();
        Assert.Contains("DisposeScope", Assert.Throws<ObjectDisposedException>(() => layer.forward(x)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Eps_of_0_is_refused_only_where_a_channel_is_constant_and_then_nothing_is_tracked()
    {
        using var scope = NewDisposeScope();
        using var layer = new BatchNorm(3, eps: 0);
        var x = rand(4, 3);
        Assert.False(layer.call(x).isnan().any().item<bool>());
        x[TensorIndex.Colon, 1] = 2.0;
        Assert.Contains("1 of 3", Assert.Throws<ArgumentException>(() => layer.call(x)).Message, StringComparison.Ordinal);
        Assert.Equal(1, layer.NumBatchesTracked!.item<long>());
    }

    private static ArgumentException Refusal(Tensor x)
    {
        using var layer = new BatchNorm(3);
        return Assert.Throws<ArgumentException>(() => layer.forward(x));
    }
}
