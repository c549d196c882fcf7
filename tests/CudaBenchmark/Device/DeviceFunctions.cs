using System.Runtime.InteropServices;
using NormCore.Kernels;

namespace CudaBenchmark.Device;

/// <summary>The functions of the driver that only a program with its own memory and clock needs.</summary>
internal sealed unsafe class DeviceFunctions(CudaDriver driver)
{
    private readonly delegate* unmanaged[Cdecl]<nint*, nuint, int> allocate = (delegate* unmanaged[Cdecl]<nint*, nuint, int>)Export(driver, "cuMemAlloc_v2");
    private readonly delegate* unmanaged[Cdecl]<nint, int> free = (delegate* unmanaged[Cdecl]<nint, int>)Export(driver, "cuMemFree_v2");
    private readonly delegate* unmanaged[Cdecl]<nint, void*, nuint, int> upload = (delegate* unmanaged[Cdecl]<nint, void*, nuint, int>)Export(driver, "cuMemcpyHtoD_v2");
    private readonly delegate* unmanaged[Cdecl]<void*, nint, nuint, int> download = (delegate* unmanaged[Cdecl]<void*, nint, nuint, int>)Export(driver, "cuMemcpyDtoH_v2");
    private readonly delegate* unmanaged[Cdecl]<nint, nint, nuint, nint, int> copy = (delegate* unmanaged[Cdecl]<nint, nint, nuint, nint, int>)Export(driver, "cuMemcpyDtoDAsync_v2");
    private readonly delegate* unmanaged[Cdecl]<nint, byte, nuint, nint, int> fill = (delegate* unmanaged[Cdecl]<nint, byte, nuint, nint, int>)Export(driver, "cuMemsetD8Async");
    private readonly delegate* unmanaged[Cdecl]<nint, int> wait = (delegate* unmanaged[Cdecl]<nint, int>)Export(driver, "cuStreamSynchronize");
    private readonly delegate* unmanaged[Cdecl]<nint*, uint, int> createEvent = (delegate* unmanaged[Cdecl]<nint*, uint, int>)Export(driver, "cuEventCreate");
    private readonly delegate* unmanaged[Cdecl]<nint, nint, int> record = (delegate* unmanaged[Cdecl]<nint, nint, int>)Export(driver, "cuEventRecord");
    private readonly delegate* unmanaged[Cdecl]<float*, nint, nint, int> elapsed = (delegate* unmanaged[Cdecl]<float*, nint, nint, int>)Export(driver, "cuEventElapsedTime");

    public nint Allocate(long bytes)
    {
        nint memory;
        driver.Check(allocate(&memory, (nuint)bytes), $"allocating {bytes} bytes");
        return memory;
    }

    public void Free(nint memory) => driver.Check(free(memory), "cuMemFree");

    public void Upload(nint to, byte[] from)
    {
        fixed (byte* first = from) driver.Check(upload(to, first, (nuint)from.Length), "cuMemcpyHtoD");
    }

    public byte[] Download(nint from, long bytes)
    {
        Wait();
        var to = new byte[bytes];
        fixed (byte* first = to) driver.Check(download(first, from, (nuint)bytes), "cuMemcpyDtoH");
        return to;
    }

    public void Copy(nint to, nint from, long bytes) => driver.Check(copy(to, from, (nuint)bytes, 0), "cuMemcpyDtoDAsync");

    public void Fill(nint memory, byte value, long bytes) => driver.Check(fill(memory, value, (nuint)bytes, 0), "cuMemsetD8Async");

    public void Wait() => driver.Check(wait(0), "cuStreamSynchronize");

    public nint CreateEvent()
    {
        nint made;
        driver.Check(createEvent(&made, 0), "cuEventCreate");
        return made;
    }

    public void Record(nint made) => driver.Check(record(made, 0), "cuEventRecord");

    public float Milliseconds(nint from, nint to)
    {
        float milliseconds;
        driver.Check(elapsed(&milliseconds, from, to), "cuEventElapsedTime");
        return milliseconds;
    }

    private static nint Export(CudaDriver driver, string name) =>
        NativeLibrary.TryGetExport(driver.Library, name, out var address) ? address : throw new CudaException($"the CUDA driver has no {name}: it is too old.");
}
