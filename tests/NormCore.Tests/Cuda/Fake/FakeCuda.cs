using System.Runtime.InteropServices;
using System.Text;
using NormCore.Kernels;

namespace NormCore.Tests.Cuda.Fake;

/// <summary>A library in place of NVIDIA's driver that runs kernels on the CPU: what lies in its device's memory lies in the CPU's.</summary>
internal static unsafe partial class FakeCuda
{
    private static readonly Lazy<(string Path, CudaDriver Driver)> Made = new(() =>
    {
        var path = Gcc.Library(File.ReadAllText(System.IO.Path.Combine(Gcc.Shim, "fakecuda.cpp")), "-ldl");
        return (path, CudaDriver.Load(path));
    });

    /// <summary>The library.</summary>
    public static string Path => Made.Value.Path;

    /// <summary>It, loaded.</summary>
    public static CudaDriver Driver => Made.Value.Driver;

    /// <summary>A runtime of its own for a test, after a reset; the test is left out where there is no g++.</summary>
    public static CudaRuntime Fresh(IKernelCompiler? compiler = null, string? cacheFolder = null)
    {
        Gcc.Require();
        Reset();
        return new CudaRuntime(() => Driver, () => compiler ?? new GccCompiler(), cacheFolder);
    }

    /// <summary>Two devices of compute capability 9.0, no failures, an empty log.</summary>
    public static void Reset() => ((delegate* unmanaged[Cdecl]<void>)Export("fake_reset"))();

    /// <summary>How many devices there are.</summary>
    public static void SetDevices(int count) => ((delegate* unmanaged[Cdecl]<int, void>)Export("fake_set_devices"))(count);

    /// <summary>Sets a number of all devices.</summary>
    public static void Set(DeviceAttribute attribute, int value) =>
        ((delegate* unmanaged[Cdecl]<int, int, int, void>)Export("fake_set_attribute"))(-1, (int)attribute, value);

    /// <summary>Makes the next calls of a function of the driver fail.</summary>
    public static void Fail(string function, int code, int times = 1)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(function + '\0')) ((delegate* unmanaged[Cdecl]<byte*, int, int, void>)Export("fake_fail"))(name, code, times);
    }

    /// <summary>Everything that was launched since the reset.</summary>
    public static IReadOnlyList<FakeLaunch> Launches()
    {
        var launches = new FakeLaunch[((delegate* unmanaged[Cdecl]<int>)Export("fake_launches"))()];
        var read = (delegate* unmanaged[Cdecl]<int, byte*, ulong*, int*, int*, void>)Export("fake_launch");
        var name = stackalloc byte[64];
        var shape = stackalloc int[5];
        for (var i = 0; i < launches.Length; i++)
        {
            ulong stream;
            int device;
            read(i, name, &stream, &device, shape);
            launches[i] = new(Marshal.PtrToStringUTF8((nint)name)!, (nint)stream, device, new LaunchShape(shape[0], shape[1], shape[2], shape[3], shape[4]));
        }
        return launches;
    }

    private static nint Export(string name) => NativeLibrary.GetExport(Driver.Library, name);
}

/// <summary>What the driver was given.</summary>
internal sealed record FakeLaunch(string Kernel, nint Stream, int Device, LaunchShape Shape);
