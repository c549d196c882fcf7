using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NormCore.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace NormCore.Tests.Kernels;

/// <summary>The node in torch's graph, by an operation with known derivatives: y = a x.</summary>
public class GraphNodeTests
{
    private static bool freed;

    [Fact]
    public void Gradients_accumulate()
    {
        using var scope = NewDisposeScope();
        var (x, a, dy) = (Random().requires_grad_(), Random().requires_grad_(), Random());
        for (var round = 1; round <= 3; round++)
        {
            ScaledNode.Apply(x, a).backward([dy]);
            Close(round * (a * dy), x.grad);
            Close(round * (x * dy), a.grad);
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Only_what_requires_a_gradient_gets_one(bool xRequires, bool aRequires)
    {
        using var scope = NewDisposeScope();
        var (x, a) = (Random().requires_grad_(xRequires), Random().requires_grad_(aRequires));
        ScaledNode.Apply(x, a).sum().backward();
        Assert.Equal(xRequires, x.grad is not null);
        Assert.Equal(aRequires, a.grad is not null);
    }

    [Fact]
    public void Without_a_graph_there_is_no_node()
    {
        using var scope = NewDisposeScope();
        var (x, a) = (Random().requires_grad_(), Random());
        Assert.False(ScaledNode.Apply(a, a).requires_grad);
        using (no_grad()) Assert.False(ScaledNode.Apply(x, a).requires_grad);
        using (inference_mode()) Assert.False(ScaledNode.Apply(x, a).requires_grad);
    }

    [Fact]
    public void A_kept_graph_is_run_twice_and_one_that_was_not_kept_is_refused_as_by_torch()
    {
        using var scope = NewDisposeScope();
        var (x, a) = (Random().requires_grad_(), Random());
        var y = ScaledNode.Apply(ScaledNode.Apply(x, a), a).sum();
        y.backward(retain_graph: true);
        y.backward();
        Close(2 * a * a, x.grad);
        var error = Assert.ThrowsAny<Exception>(() => y.backward());
        Assert.Contains("a second time", error.Message);
        Assert.True(x.grad!.isnan().all().item<bool>());
        ScaledNode.Apply(x, a).sum().backward();
    }

    [Fact]
    public void A_saved_tensor_that_was_changed_in_place_is_refused_as_by_torch()
    {
        using var scope = NewDisposeScope();
        var (x, a) = (Random().requires_grad_(), Random());
        var y = ScaledNode.Apply(ScaledNode.Apply(x, Random()), a).sum();
        a.add_(1);
        var error = Assert.ThrowsAny<Exception>(() => y.backward());
        Assert.Contains("modified by an inplace operation", error.Message);
        Assert.True(x.grad!.isnan().all().item<bool>());
    }

    [Fact]
    public void Any_other_failure_gives_NaN_and_is_thrown_by_the_next_forward()
    {
        using var scope = NewDisposeScope();
        var (x, a) = (Random().requires_grad_(), Random());
        ScaledNode.Apply(x, a, new InvalidOperationException("trouble")).sum().backward();
        Assert.True(x.grad!.isnan().all().item<bool>());
        var error = Assert.Throws<InvalidOperationException>(() => ScaledNode.Apply(x, a));
        Assert.Equal("trouble", error.InnerException!.Message);
        ScaledNode.Apply(x, a).sum().backward();
    }

    [Fact]
    public void What_inference_mode_made_cannot_be_saved_and_forward_says_so()
    {
        using var scope = NewDisposeScope();
        Tensor a;
        using (inference_mode()) a = Random();
        var x = Random().requires_grad_();
        Assert.Contains("nference tensors", Assert.ThrowsAny<Exception>(() => ScaledNode.Apply(x, a)).Message);
    }

    [Fact]
    public unsafe void What_was_saved_goes_with_backward_although_the_loss_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "whether a graph is kept is asked by names that libtorch does not have on Windows");
        using var scope = NewDisposeScope();
        var x = Random().requires_grad_();
        long[] shape = [3, 2];
        nint memory;
        fixed (long* sizes = shape)
            memory = NativeTensor.Over(NativeMemory.AllocZeroed(6, 8), &Free, sizes, 2, (sbyte)ScalarType.Float64, (sbyte)ScalarType.Float64, 0, -1, 0);
        Tensor loss;
        using (var a = Tensor.UnsafeCreateTensor(memory)) loss = ScaledNode.Apply(x, a).sum();
        loss.backward(retain_graph: true);
        Assert.False(freed);
        loss.backward();
        Assert.True(freed);
    }

    [Fact]
    public void Second_derivatives_are_those_of_the_formula()
    {
        using var scope = NewDisposeScope();
        var (x, a, dy) = (Random().requires_grad_(), Random().requires_grad_(), Random().requires_grad_());
        var (p, q) = (Random(), Random());
        var first = autograd.grad([ScaledNode.Apply(x, a)], [x, a], [dy], retain_graph: true, create_graph: true);
        var second = autograd.grad([(first[0] * p + first[1] * q).sum()], [x, a, dy]);
        Close(dy * q, second[0]);
        Close(dy * p, second[1]);
        Close(a * p + x * q, second[2]);
    }

    [Fact]
    public void Backward_may_run_on_another_thread()
    {
        using var scope = NewDisposeScope();
        var (x, a) = (Random().requires_grad_(), Random());
        var y = ScaledNode.Apply(x, a).sum();
        var thread = new Thread(() => y.backward());
        thread.Start();
        thread.Join();
        Close(a, x.grad);
    }

    [Fact]
    public void Ten_thousand_rounds_leave_nothing_behind()
    {
        using var scope = NewDisposeScope();
        var (x, a) = (Random().requires_grad_(), Random().requires_grad_());
        var before = (Live(), ScaledNode.Made);
        for (var round = 0; round < 10_000; round++)
        {
            using var inner = NewDisposeScope();
            var y = ScaledNode.Apply(ScaledNode.Apply(x, a), a).sum();
            if (round % 3 > 0) autograd.grad([y], [x, a]);
        }
        Assert.Equal(before.Item1, Live());
        // Two at once here; other tests of this class run before or after.
        Assert.True(ScaledNode.Made - before.Made <= 2);
    }

    [Fact]
    public void A_graph_that_nobody_disposes_goes_with_its_loss()
    {
        var freed = Freed(out var x);
        for (var i = 0; i < 20 && !freed(); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.True(freed());
        x.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe void Free(void* memory)
    {
        NativeMemory.Free(memory);
        freed = true;
    }

    // Not inlined, so that no local keeps the loss.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Func<bool> Freed(out Tensor x)
    {
        x = Random().requires_grad_();
        using var a = Random();
        var before = ScaledNode.Live;
        _ = ScaledNode.Apply(x, a).sum();
        Assert.Equal(before + 1, ScaledNode.Live);
        return () => ScaledNode.Live == before;
    }

    private static Tensor Random() => randn(3, 2, dtype: ScalarType.Float64);

    private static void Close(Tensor expected, Tensor? actual) => Assert.True(actual is not null && expected.allclose(actual, rtol: 1e-14));

    private static long Live() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
}
