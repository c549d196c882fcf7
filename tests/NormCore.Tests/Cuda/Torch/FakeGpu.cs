using NormCore.Kernels;
using NormCore.Tests.Cuda.Fake;

namespace NormCore.Tests.Cuda.Torch;

/// <summary>For as long as it lives, this thread's tensors on the CPU are normalized as if they lay on a GPU.</summary>
internal sealed class FakeGpu : IDisposable
{
    // One for all tests that do not spoil it, so that each kernel is loaded once.
    private static readonly Lazy<CudaRuntime> Shared = new(() => FakeCuda.Fresh());

    private FakeGpu(CudaDevice device) => CudaPlace.InPlaceOfCpu = new CudaPlace(device, () => Stream);

    /// <summary>Torch's current stream.</summary>
    public nint Stream { get; set; } = 42;

    /// <summary>A device of the fake driver; the test is left out where there is no g++.</summary>
    public static FakeGpu Use(int device = 0)
    {
        Gcc.Require();
        FakeCuda.Reset();
        return new FakeGpu(Shared.Value.Device(device));
    }

    /// <summary>The same for a replica, which runs beside others.</summary>
    public static FakeGpu OfReplica(int rank) => new(Shared.Value.Device(rank % 2));

    /// <summary>A device of another runtime.</summary>
    public static FakeGpu Use(CudaRuntime runtime, int device = 0) => new(runtime.Device(device));

    public void Dispose() => CudaPlace.InPlaceOfCpu = null;
}
