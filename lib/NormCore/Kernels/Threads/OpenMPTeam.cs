using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NormCore.Kernels;

/// <summary>The team of the OpenMP runtime that libtorch brought into the process, through GOMP_parallel.</summary>
/// <remarks>GNU's runtime has this entry point, and LLVM's on Linux and macOS too. A team belongs to the thread that calls, so calls from several threads do not meet.</remarks>
internal static unsafe class OpenMPTeam
{
    // void GOMP_parallel(void (*body)(void*), void* data, unsigned threads, unsigned flags)
    private static readonly delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<void*, void>, void*, uint, uint, void> Parallel = Find();

    /// <summary>Whether this process has such a team.</summary>
    public static bool IsAvailable => Parallel != null;

    /// <summary>Runs the work on as many threads as torch uses: another number would make OpenMP end and start threads.</summary>
    public static bool TryRun(SharedWork work, int threads)
    {
        if (!IsAvailable) return false;
        using var handle = new GCHandle<SharedWork>(work);
        Parallel(&Body, (void*)GCHandle<SharedWork>.ToIntPtr(handle), (uint)threads, 0);
        return true;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Body(void* data) => Team.TakePart(GCHandle<SharedWork>.FromIntPtr((nint)data).Target);

    private static delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<void*, void>, void*, uint, uint, void> Find()
    {
        using var process = Process.GetCurrentProcess();
        var modules = process.Modules.Cast<ProcessModule>().Select(module => module.FileName).ToList();
        var torchFolder = Path.GetDirectoryName(modules.Find(file => Path.GetFileNameWithoutExtension(file) is "libtorch_cpu" or "torch_cpu"));
        // A second runtime may be loaded for other reasons; torch's lies beside torch.
        foreach (var file in modules.Where(IsOpenMP).OrderByDescending(file => Path.GetDirectoryName(file) == torchFolder))
            if (NativeLibrary.TryLoad(file, out var library) && NativeLibrary.TryGetExport(library, "GOMP_parallel", out var parallel))
                return (delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<void*, void>, void*, uint, uint, void>)parallel;
        return null;
    }

    private static bool IsOpenMP(string file) =>
        Path.GetFileName(file) is var name && (name.StartsWith("libgomp", StringComparison.Ordinal) || name.StartsWith("libomp", StringComparison.Ordinal) || name.StartsWith("libiomp", StringComparison.Ordinal));
}
