using NormCore.Tests.Cuda.Fake;
using NormCore.Tests.Kernels;
using static TorchSharp.torch;

namespace NormCore.Tests.Cuda.Torch;

/// <summary>The layers through the CUDA kernels and as operations of torch are two implementations of one thing.</summary>
public class ComposedTests
{
    public static TheoryData<string, ScalarType> CasesAndTypes()
    {
        var data = new TheoryData<string, ScalarType>();
        foreach (var name in NormCases.Names)
            foreach (var type in new[] { ScalarType.Float32, ScalarType.BFloat16, ScalarType.Float16 })
                data.Add(name, type);
        return data;
    }

    public static TheoryData<string> Cases => [.. NormCases.Names];

    [Theory]
    [MemberData(nameof(CasesAndTypes))]
    public void Both_give_the_same_output_and_gradients(string name, ScalarType type)
    {
        using var gpu = FakeGpu.Use();
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
                var before = FakeCuda.Launches().Count;
                var onGpu = Run();
                // The statistics of "normalize" are over axes 1 and 3, an order that no kernel has.
                if (layout == "contiguous" && name != "normalize") Assert.True(FakeCuda.Launches().Count >= before + 2, "forward or backward did not launch");
                foreach (var (ours, reference) in onGpu.Zip(Both.Composed(Run))) RequireClose(ours, reference, type);
            }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Both_give_the_same_second_derivatives(string name)
    {
        using var gpu = FakeGpu.Use();
        using var scope = NewDisposeScope();
        using var random = new Generator(6);
        var (f, parameters) = NormCases.Of(name, ScalarType.Float32, random);
        Tensor Normal() => randn([4, 6, 5, 3], ScalarType.Float32, generator: random);
        var (x, dy, v) = (Normal().requires_grad_(), Normal().requires_grad_(), Normal());
        var alongs = parameters.Select(parameter => randn_like(parameter)).ToArray();
        Tensor[] Run()
        {
            var first = autograd.grad([f(x).tanh()], [x, .. parameters], [dy], retain_graph: true, create_graph: true);
            var along = (first[0] * v).sum();
            foreach (var (gradient, direction) in first.Skip(1).Zip(alongs)) along = along + (gradient * direction).sum();
            return [.. autograd.grad([along], [x, dy, .. parameters], allow_unused: true).Where(gradient => !gradient.IsInvalid)];
        }
        foreach (var (ours, reference) in Run().Zip(Both.Composed(Run))) RequireClose(ours, reference, ScalarType.Float32);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(null)]
    public void Training_evaluation_and_training_again_leave_the_same_running_statistics(double? momentum)
    {
        using var gpu = FakeGpu.Use();
        foreach (var create in (Func<nn.Module<Tensor, Tensor>>[])[() => new BatchNorm(6, momentum: momentum), () => new GhostBatchNorm(6, 2, momentum: momentum), () => new InstanceNorm(6, momentum: momentum, trackRunningStatistics: true)])
        {
            Tensor[] Run()
            {
                using var random = new Generator(7);
                var layer = create();
                foreach (var batch in (long[])[4, 6, 2])
                {
                    layer.train(batch != 6);
                    layer.call(3 + 2 * randn([batch, 6, 5, 3], generator: random)).Dispose();
                }
                layer.eval();
                return [layer.call(randn([3, 6, 5, 3], generator: random)), .. layer.buffers().Select(buffer => buffer.to(ScalarType.Float32))];
            }
            using var scope = NewDisposeScope();
            foreach (var (ours, reference) in Run().Zip(Both.Composed(Run))) RequireClose(ours, reference, ScalarType.Float32);
        }
    }

    [Fact]
    public void Batch_norm_in_training_takes_in_its_statistics_without_another_operation()
    {
        using var gpu = FakeGpu.Use();
        using var scope = NewDisposeScope();
        var layer = new BatchNorm(6);
        layer.call(randn(4, 6, 5, 3));
        var launches = FakeCuda.Launches().Count;
        var withoutTracking = new BatchNorm(6, trackRunningStatistics: false);
        withoutTracking.call(randn(4, 6, 5, 3));
        Assert.Equal(2 * launches, FakeCuda.Launches().Count);
        Assert.Equal(1, layer.NumBatchesTracked!.item<long>());
        Assert.False(layer.RunningMean!.eq(0).any().item<bool>());
    }

    [Fact]
    public void Batch_norm_of_channels_last_is_one_kernel_forward_and_one_backward()
    {
        using var gpu = FakeGpu.Use();
        using var scope = NewDisposeScope();
        var layer = new BatchNorm(6);
        var x = Both.Laid(randn(4, 6, 5, 3), "channels last").requires_grad_();
        autograd.grad([layer.call(x)], [x], [Both.Laid(randn(4, 6, 5, 3), "channels last")]);
        Assert.Equal(["columns_once_forward", "columns_once_backward"], FakeCuda.Launches().Select(launch => launch.Kernel));
        Assert.False(layer.RunningMean!.eq(0).any().item<bool>());
    }

    [Fact]
    public void Running_statistics_that_change_between_forward_and_backward_do_not_change_the_gradient()
    {
        using var gpu = FakeGpu.Use();
        using var scope = NewDisposeScope();
        var layer = new BatchNorm(6);
        layer.eval();
        var (x, dy) = (randn(4, 6, 5, 3).requires_grad_(), randn(4, 6, 5, 3));
        Tensor Gradient(bool changes)
        {
            var y = layer.call(x);
            using (no_grad())
                if (changes) layer.RunningVariance!.fill_(100);
            return autograd.grad([y], [x], [dy])[0];
        }
        Assert.True(Gradient(changes: false).equal(Gradient(changes: true)).all().item<bool>());
    }

    // Sums of fewer than 200 terms of order 1, each rounded to u, and a dozen operations on them; half types are rounded once, at the end.
    private static void RequireClose(Tensor ours, Tensor reference, ScalarType type)
    {
        var tolerance = finfo(type).eps * (type is ScalarType.Float32 ? 200 : 2);
        var (a, b) = (ours.to(ScalarType.Float64), reference.to(ScalarType.Float64));
        Assert.Equal(reference.dtype, ours.dtype);
        Assert.Equal(reference.shape, ours.shape);
        var (difference, size) = ((a - b).abs().max().item<double>(), b.abs().max().item<double>());
        Assert.True(difference <= tolerance * Math.Max(1, size), $"differs by {difference} at size {size}");
    }
}
