using NormCore.Kernels;
using NormCore.Tests.Cuda.Fake;

namespace NormCore.Tests.Cuda.Numerics;

/// <summary>Devices of the fake driver with three multiprocessors; kernels stay on disk between runs as the user's do.</summary>
internal static class FakeCudaDevices
{
    /// <summary>A device with so much shared memory per block, of compute capability 9.0 or 8.0.</summary>
    public static CudaDevice With(int sharedBytes = 227 * 1024, int major = 9)
    {
        var runtime = FakeCuda.Fresh();
        FakeCuda.Set(DeviceAttribute.SharedBytesPerBlock, sharedBytes);
        FakeCuda.Set(DeviceAttribute.ComputeCapabilityMajor, major);
        return runtime.Device(0);
    }
}
