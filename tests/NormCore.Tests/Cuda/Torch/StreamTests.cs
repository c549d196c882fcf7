using NormCore.Tests.Cuda.Fake;
using TorchSharp;
using static TorchSharp.torch;

namespace NormCore.Tests.Cuda.Torch;

/// <summary>Where kernels are launched: on the device of the tensor, on the stream that is current then, on whatever thread.</summary>
public class StreamTests
{
    [Fact]
    public void Each_kernel_goes_to_the_stream_that_is_current()
    {
        using var gpu = FakeGpu.Use();
        using var scope = NewDisposeScope();
        var layer = new LayerNorm(64);
        var x = randn(8, 64).requires_grad_();
        gpu.Stream = 7;
        var y = layer.call(x);
        Assert.All(FakeCuda.Launches(), launch => Assert.Equal(7, launch.Stream));
        var forward = FakeCuda.Launches().Count;
        gpu.Stream = 9;
        y.backward([ones_like(y)]);
        Assert.All(FakeCuda.Launches().Skip(forward), launch => Assert.Equal(9, launch.Stream));
        Assert.True(FakeCuda.Launches().Count > forward);
    }

    [Fact]
    public void Each_device_gets_its_own_launches_and_backward_goes_where_forward_was()
    {
        using var scope = NewDisposeScope();
        var x = randn(8, 64).requires_grad_();
        Tensor y;
        using (FakeGpu.Use(device: 1)) y = new LayerNorm(64).call(x);
        using (FakeGpu.Use(device: 0))
        {
            new LayerNorm(64).call(x);
            y.backward([ones_like(y)]);
            var devices = FakeCuda.Launches().Select(launch => launch.Device).ToArray();
            Assert.Equal(0, devices[0]);
            Assert.Equal(1, devices[^1]);
        }
    }

    [Fact]
    public void Backward_may_run_on_a_thread_that_knows_nothing_of_the_device()
    {
        using var gpu = FakeGpu.Use();
        using var scope = NewDisposeScope();
        var (x, dy) = (randn(8, 64).requires_grad_(), randn(8, 64));
        var layer = new LayerNorm(64);
        var expected = autograd.grad([layer.call(x)], [x], [dy])[0];
        var before = FakeCuda.Launches().Count;
        var y = layer.call(x);
        var thread = new Thread(() => y.backward([dy]));
        thread.Start();
        thread.Join();
        Assert.True(x.grad!.equal(expected).all().item<bool>());
        Assert.Equal(2 * before, FakeCuda.Launches().Count);
    }

    [Fact]
    public void Training_steps_leave_no_tensor_behind()
    {
        using var gpu = FakeGpu.Use();
        using var scope = NewDisposeScope();
        var layer = new BatchNorm(16);
        var (x, dy) = (randn(16, 16, 8, 8).requires_grad_(), randn(16, 16, 8, 8));
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        for (var step = 0; step < 50; step++)
        {
            using var inner = NewDisposeScope();
            layer.train(step % 3 > 0);
            var y = layer.call(x);
            if (step % 2 > 0) autograd.grad([y], [x, .. layer.parameters()], [dy]);
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }
}
