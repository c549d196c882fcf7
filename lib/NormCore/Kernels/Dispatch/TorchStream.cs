using System.Diagnostics;
using System.Runtime.InteropServices;
using NormCore.Native;

namespace NormCore.Kernels;

/// <summary>Which stream of a GPU torch uses at the moment on a thread.</summary>
internal static unsafe class TorchStream
{
    private const string Function = "aoti_torch_get_current_cuda_stream";

    /// <summary>A function that gives torch's current stream of a GPU.</summary>
    /// <exception cref="CudaException">This libtorch does not say.</exception>
    public static Func<nint> Of(int ordinal)
    {
        var function = (delegate* unmanaged[Cdecl]<int, nint*, int>)Find();
        return () =>
        {
            nint stream;
            return function(ordinal, &stream) == 0 ? stream : throw new CudaException($"torch does not say which stream of GPU {ordinal} it uses.");
        };
    }

    // Not by name: another libtorch of the system must not be found.
    private static nint Find()
    {
        using var process = Process.GetCurrentProcess();
        var module = process.Modules.Cast<ProcessModule>().FirstOrDefault(module => Path.GetFileName(module.FileName) == NativePlatform.FileName("torch_cuda"));
        return module is not null && NativeLibrary.TryGetExport(NativeLibrary.Load(module.FileName), Function, out var address)
            ? address
            : throw new CudaException($"libtorch has no {Function}, so that kernels cannot be put into torch's order of work.");
    }
}
