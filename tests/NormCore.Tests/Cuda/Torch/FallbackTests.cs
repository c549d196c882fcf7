using NormCore.Kernels;
using NormCore.Tests.Cuda.Fake;
using NormCore.Tests.Kernels;
using static TorchSharp.torch;

namespace NormCore.Tests.Cuda.Torch;

/// <summary>Whatever is missing or fails, results are those of the composed operations, and one line says why.</summary>
public sealed class FallbackTests : IDisposable
{
    private readonly Action<string>? before = CudaKernels.Warning;
    private readonly List<string> warnings = [];

    public FallbackTests()
    {
        CudaKernels.ForgetWarnings();
        CudaKernels.Warning = warnings.Add;
    }

    public void Dispose()
    {
        CudaKernels.Warning = before;
        CudaPlace.InPlaceOfCpu = null;
    }

    [Fact]
    public void Without_a_driver_there_is_no_place_for_kernels()
    {
        var runtime = new CudaRuntime(() => CudaDriver.Load("no-such-driver.so"), () => new GccCompiler(), null);
        Assert.Null(CudaPlace.TryFind(runtime, 0, NoStream));
        Assert.Null(CudaPlace.TryFind(runtime, 1, NoStream));
        Assert.Contains("no-such-driver.so", Assert.Single(warnings));
    }

    [Fact]
    public void Without_NVRTC_there_is_no_place_for_kernels()
    {
        Gcc.Require();
        var runtime = new CudaRuntime(() => FakeCuda.Driver, () => NvrtcCompiler.Load([]), null);
        Assert.Null(CudaPlace.TryFind(runtime, 0, NoStream));
        Assert.Contains("NORM_NVRTC", Assert.Single(warnings));
    }

    [Fact]
    public void An_old_GPU_has_no_place_for_kernels()
    {
        var runtime = FakeCuda.Fresh();
        FakeCuda.Set(DeviceAttribute.ComputeCapabilityMajor, 7);
        Assert.Null(CudaPlace.TryFind(runtime, 0, NoStream));
        Assert.Contains("compute capability 7.0", Assert.Single(warnings));
    }

    [Fact]
    public void A_libtorch_that_does_not_tell_its_stream_has_no_place_for_kernels()
    {
        Assert.Null(CudaPlace.TryFind(FakeCuda.Fresh(), 0, TorchStream.Of)); // This test's libtorch is that for the CPU.
        Assert.Contains("aoti_torch_get_current_cuda_stream", Assert.Single(warnings));
    }

    [Theory]
    [InlineData("a compiler that refuses", "as the test wants")]
    [InlineData("cuModuleLoadData", "cuModuleLoadData failed: CUDA_ERROR_FAKE (999)")]
    [InlineData("cuLaunchKernel", "cuLaunchKernel of")]
    [InlineData("cuCtxSetCurrent", "cuCtxSetCurrent failed")]
    public void A_failure_in_forward_is_composed_and_said_once(string what, string expected)
    {
        var refuses = what == "a compiler that refuses";
        using var gpu = FakeGpu.Use(FakeCuda.Fresh(refuses ? new RefusingCompiler() : null));
        if (!refuses) FakeCuda.Fail(what, 999, times: 1000);
        RequireComposed(() => new BatchNorm(6), () => { });
        RequireComposed(() => new LayerNorm(3), () => { });
        FakeCuda.Reset();
        Assert.All(warnings, warning => Assert.StartsWith("NormCore normalizes on this GPU with operations of torch instead of its own kernels: ", warning));
        Assert.Contains(expected, warnings[0]);
        if (what != "cuLaunchKernel") Assert.Single(warnings); // Each shape that the driver refuses is a reason of its own.
        Assert.Equal(warnings.Distinct(), warnings);
    }

    [Fact]
    public void A_failure_in_backward_is_composed_too()
    {
        using var gpu = FakeGpu.Use();
        RequireComposed(() => new BatchNorm(6), () => FakeCuda.Fail("cuLaunchKernel", 999, 1000));
        FakeCuda.Reset();
        Assert.Single(warnings);
    }

    [Fact]
    public void Switched_off_nothing_is_launched_and_nothing_said()
    {
        using var gpu = FakeGpu.Use();
        CudaKernels.IsEnabled = false;
        try
        {
            RequireComposed(() => new BatchNorm(6), () => { });
        }
        finally
        {
            CudaKernels.IsEnabled = true;
        }
        Assert.Empty(FakeCuda.Launches());
        Assert.Empty(warnings);
    }

    [Fact]
    public void What_the_kernels_do_not_do_is_composed_without_a_word()
    {
        using var gpu = FakeGpu.Use();
        using var scope = NewDisposeScope();
        Normalization.Normalize(randn(4, 6, dtype: ScalarType.Float64), [1]);
        Normalization.Normalize(randn(4, 6), [1], eps: 0);
        Normalization.Normalize(randn(4, 6), [1], eps: 1e-60);
        Normalization.Normalize(randn(4, 6, 5), [0, 2]);
        new BatchNorm(6).call(zeros(0, 6));
        Assert.Empty(FakeCuda.Launches());
        Assert.Empty(warnings);
    }

    private static void RequireComposed(Func<nn.Module<Tensor, Tensor>> create, Action betweenForwardAndBackward)
    {
        using var scope = NewDisposeScope();
        var (x, dy) = (randn(4, 6, 5, 3).requires_grad_(), randn(4, 6, 5, 3));
        Tensor[] Run()
        {
            var layer = create();
            var y = layer.call(x);
            betweenForwardAndBackward();
            return [y, .. autograd.grad([y], [x, .. layer.parameters()], [dy]), .. layer.buffers()];
        }
        var ours = Run();
        foreach (var (mine, reference) in ours.Zip(Both.Composed(Run))) Assert.True(mine.allclose(reference, rtol: 1e-5, atol: 1e-5));
    }

    private static Func<nint> NoStream(int ordinal) => () => 0;

    private sealed class RefusingCompiler : IKernelCompiler
    {
        public string Name => "refusing";

        public byte[] Compile(string source, string architecture, IReadOnlyList<string> defines) => throw new CudaException($"as the test wants, {string.Join(' ', defines)}");
    }
}
