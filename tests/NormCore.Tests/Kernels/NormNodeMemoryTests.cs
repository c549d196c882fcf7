using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace NormCore.Tests.Kernels;

[Collection(nameof(BufferPoolTests))] // Not beside others that use much memory.
public class NormNodeMemoryTests
{
    [Theory]
    [InlineData("backward")]
    [InlineData("graph never run")]
    [InlineData("second derivatives")]
    public void Training_steps_leave_nothing_behind(string kind)
    {
        using var scope = NewDisposeScope();
        using var layer = new BatchNorm(16);
        var (x, dy) = (randn(16, 16, 32, 32).requires_grad_(), randn(16, 16, 32, 32)); // 1 MiB each
        var live = Live();
        long memory = 0;
        const int steps = 400;
        for (var step = 0; step < steps; step++)
        {
            // The first steps fill the pools of torch and malloc.
            if (step == 50) memory = Resident();
            using var inner = NewDisposeScope();
            var y = layer.call(x);
            if (kind == "backward") y.backward([dy]);
            if (kind == "second derivatives")
                autograd.grad([autograd.grad([y], [x], [dy], retain_graph: true, create_graph: true)[0].square().sum()], [x]);
        }
        x.grad = null;
        Assert.Equal(live, Live());
        // One tensor per step would be 350 MiB; other tests run beside this one.
        Assert.True(Resident() - memory < 200L << 20, $"{(Resident() - memory) >> 20} MiB more");
    }

    private static long Live() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
