using static TorchSharp.torch;

namespace NormCore.Tests.Layers.Fused;

/// <summary>On the CPU a residual sum before a layer and a ReLU after it are what one would write out.</summary>
public class FusedForwardTests
{
    public static TheoryData<string> Cases => [.. FusedCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_gradients_and_running_statistics_are_bit_for_bit_those_written_out(string name)
    {
        foreach (var type in (ScalarType[])[ScalarType.Float64, ScalarType.Float32, ScalarType.BFloat16])
            foreach (var relu in (bool[])[true, false])
                foreach (var loss in (string[])["output", "sum", "both"])
                {
                    using var scope = NewDisposeScope();
                    var (fused, written) = (FusedCase.Of(name, type), FusedCase.Of(name, type));
                    RequireSame(new FusedRun(fused, type).Gradients(fused.Add, relu, loss), new FusedRun(written, type).Gradients(written.Written, relu, loss));
                    RequireSame(fused.State(), written.State());
                }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Second_derivatives_are_bit_for_bit_those_written_out(string name)
    {
        using var scope = NewDisposeScope();
        var (fused, written) = (FusedCase.Of(name, ScalarType.Float64), FusedCase.Of(name, ScalarType.Float64));
        RequireSame(new FusedRun(fused, ScalarType.Float64).SecondDerivatives(fused.Add, relu: true), new FusedRun(written, ScalarType.Float64).SecondDerivatives(written.Written, relu: true));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_ReLU_alone_is_that_of_the_output(string name)
    {
        using var scope = NewDisposeScope();
        var (fused, written) = (FusedCase.Of(name, ScalarType.Float64), FusedCase.Of(name, ScalarType.Float64));
        var x = randn(4, 6, 5, 3, ScalarType.Float64);
        var y = fused.Relu(x);
        RequireSame([y], [written.Layer.call(x).relu()]);
        Assert.True((y == 0).any().item<bool>() && (y > 0).any().item<bool>());
    }

    [Fact]
    public void The_gradient_is_that_of_finite_differences()
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(43);
        var layer = random.LayerNorm(6);
        var (x, residual, dy, dsum, v) = (random.Normal(5, 6).requires_grad_(), random.Normal(5, 6), random.Normal(5, 6), random.Normal(5, 6), random.Normal(5, 6));
        Tensor Loss(Tensor at)
        {
            var (y, sum) = layer.AddForward(at, residual, relu: true);
            return (y * dy).sum() + (sum.square() * dsum).sum();
        }
        const double Step = 1e-6; // An error of Step² from the third derivative, and of 1e-16/Step from rounding, at values of order 10.
        var gradient = (autograd.grad([Loss(x)], [x])[0] * v).sum().item<double>();
        var difference = ((Loss(x + Step * v) - Loss(x - Step * v)) / (2 * Step)).item<double>();
        Assert.Equal(difference, gradient, 1e-7);
    }

    [Fact]
    public void A_residual_that_does_not_fit_is_refused()
    {
        using var scope = NewDisposeScope();
        var layer = new LayerNorm(6);
        var x = randn(5, 6);
        Assert.Contains("[5, 6] and residual [1, 6]", Assert.Throws<ArgumentException>(() => layer.AddForward(x, randn(1, 6))).Message, StringComparison.Ordinal);
        Assert.Contains("one type", Assert.Throws<ArgumentException>(() => layer.AddForward(x, randn(5, 6, ScalarType.BFloat16))).Message, StringComparison.Ordinal);
        Assert.Contains("one device", Assert.Throws<ArgumentException>(() => layer.AddForward(x, empty(5, 6, device: META))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => layer.AddForward(x, null!));
        Assert.Throws<ArgumentException>(() => layer.AddForward(randn(5, 7), randn(5, 7)));
        Assert.Throws<ArgumentException>(() => layer.ReluForward(ones(5, 6, ScalarType.Int64)));
    }

    private static void RequireSame(Tensor[] actual, Tensor[] expected)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (one, other) in actual.Zip(expected))
        {
            Assert.Equal((other.dtype, other.numel()), (one.dtype, one.numel()));
            Assert.True(one.contiguous().bytes.SequenceEqual(other.contiguous().bytes));
        }
    }
}
