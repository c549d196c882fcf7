using NormCore.Kernels;
using static TorchSharp.torch;

namespace NormCore.Tests.Kernels;

/// <summary>The fused kernels and the composed operations of torch are two implementations of one thing.</summary>
public class FusedPathTests
{
    public static TheoryData<string, ScalarType> CasesAndTypes()
    {
        var data = new TheoryData<string, ScalarType>();
        foreach (var name in NormCases.Names)
            foreach (var type in new[] { ScalarType.Float64, ScalarType.Float32, ScalarType.BFloat16, ScalarType.Float16 })
                data.Add(name, type);
        return data;
    }

    public static TheoryData<string> Cases => [.. NormCases.Names];

    [Theory]
    [MemberData(nameof(CasesAndTypes))]
    public void Both_give_the_same_output_and_gradients(string name, ScalarType type)
    {
        foreach (var layout in new[] { "contiguous", "channels last", "every second column" })
            foreach (var dyLayout in new[] { "contiguous", "channels last" })
            {
                using var scope = NewDisposeScope();
                using var random = new Generator(5);
                var (f, parameters) = NormCases.Of(name, type, random);
                var x = Both.Laid(randn([4, 6, 5, 3], type, generator: random), layout).requires_grad_();
                var dy = Both.Laid(randn([4, 6, 5, 3], type, generator: random), dyLayout);
                Tensor[] Run()
                {
                    var y = f(x);
                    return [y.detach(), .. autograd.grad([y], [x, .. parameters], [dy])];
                }
                var fused = Run();
                var composed = Both.Composed(Run);
                foreach (var (ours, reference) in fused.Zip(composed)) RequireClose(ours, reference, type);
            }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Both_give_the_same_second_derivatives(string name)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(6);
        var (f, parameters) = NormCases.Of(name, ScalarType.Float64, random);
        Tensor Normal() => randn([4, 6, 5, 3], ScalarType.Float64, generator: random);
        var (x, dy, v) = (Normal().requires_grad_(), Normal().requires_grad_(), Normal());
        var alongs = parameters.Select(parameter => randn_like(parameter)).ToArray();
        Tensor[] Run()
        {
            // tanh makes the loss nonlinear in y, so that evaluation has a second derivative as well.
            var first = autograd.grad([f(x).tanh()], [x, .. parameters], [dy], retain_graph: true, create_graph: true);
            var along = (first[0] * v).sum();
            foreach (var (gradient, direction) in first.Skip(1).Zip(alongs)) along = along + (gradient * direction).sum();
            return [.. autograd.grad([along], [x, dy, .. parameters], allow_unused: true).Where(gradient => !gradient.IsInvalid)];
        }
        var fused = Run();
        var composed = Both.Composed(Run);
        Assert.Equal(composed.Length, fused.Length);
        foreach (var (ours, reference) in fused.Zip(composed)) RequireClose(ours, reference, ScalarType.Float64);
    }

    [Theory]
    [InlineData(new long[] { 0, 2, 3 }, new long[] { 1 }, "contiguous", true)]
    [InlineData(new long[] { 0, 2, 3 }, new long[] { 1 }, "channels last", true)]
    [InlineData(new long[] { 2, 3 }, new long[] { 2, 3 }, "contiguous", true)]
    [InlineData(new long[] { 2, 3 }, new long[] { 1 }, "contiguous", true)]
    [InlineData(new long[] { 1, 2, 3 }, new long[] { 1 }, "contiguous", true)]
    [InlineData(new long[] { 0, 2, 3 }, new long[] { 1 }, "every second column", false)]
    [InlineData(new long[] { 2, 3 }, new long[] { 2, 3 }, "channels last", false)]
    [InlineData(new long[] { 0, 2 }, new long[] { 1 }, "contiguous", false)]
    public void There_are_kernels_for_the_usual_layouts(long[] axes, long[] featureAxes, string layout, bool expected)
    {
        Assert.SkipWhen(FusedPath.IsOffEverywhere, "NORM_KERNELS is off");
        using var scope = NewDisposeScope();
        var x = Both.Laid(randn(4, 6, 5, 3), layout);
        var lengths = featureAxes.Select(axis => x.shape[axis]).ToArray();
        var y = FusedPath.Apply(x, axes, ones(lengths), zeros(lengths), featureAxes, 1e-5);
        Assert.Equal(expected, y is not null);
        if (y is not null) Assert.Equal(x.stride(), y.stride());
    }

    [Fact]
    public void What_the_kernels_do_not_do_is_composed()
    {
        using var scope = NewDisposeScope();
        var x = randn(4, 3);
        var moments = new Moments(zeros(1, 3).requires_grad_(), ones(1, 3), 4);
        Assert.Null(FusedPath.Apply(zeros(0, 3), [0], null, null, [], 1e-5));
        Assert.Null(FusedPath.Apply(x, [0], ones(3, dtype: ScalarType.Float64), null, [1], 1e-5));
        Assert.Null(FusedPath.Apply(x, [0], ones(6)[TensorIndex.Slice(step: 2)], null, [1], 1e-5));
        Assert.Null(FusedPath.Apply(x, [0], ones(4), null, [1], 1e-5));
        Assert.Null(FusedPath.Apply(ones(4, 3), [0], null, null, [], eps: 0));
        Assert.Null(FusedPath.Apply(x, moments, null, null, [], 1e-5));
        Normalization.Normalize(x, moments).sum().backward();
        Assert.NotNull(moments.Mean.grad);
    }

    [Fact]
    public void Only_what_requires_a_gradient_gets_one()
    {
        Assert.SkipWhen(FusedPath.IsOffEverywhere, "NORM_KERNELS is off");
        foreach (var (onX, onGamma) in new[] { (true, false), (false, true), (true, true) })
        {
            using var scope = NewDisposeScope();
            var (x, gamma, beta) = (randn(4, 3).requires_grad_(onX), randn(3).requires_grad_(onGamma), randn(3));
            FusedPath.Apply(x, [0], gamma, beta, [1], 1e-5)!.square().sum().backward();
            Assert.Equal((onX, onGamma, false), (x.grad is not null, gamma.grad is not null, beta.grad is not null));
        }
    }

    // Sums of fewer than 200 terms of order 1, each rounded to u, and a dozen operations on them; half types are rounded once, at the end.
    private static void RequireClose(Tensor ours, Tensor reference, ScalarType type)
    {
        var tolerance = finfo(type).eps * (type is ScalarType.Float64 or ScalarType.Float32 ? 200 : 2);
        var (a, b) = (ours.to(ScalarType.Float64), reference.to(ScalarType.Float64));
        Assert.Equal(reference.dtype, ours.dtype);
        Assert.Equal(reference.shape, ours.shape);
        var (difference, size) = ((a - b).abs().max().item<double>(), b.abs().max().item<double>());
        Assert.True(difference <= tolerance * Math.Max(1, size), $"differs by {difference} at size {size}");
    }
}
