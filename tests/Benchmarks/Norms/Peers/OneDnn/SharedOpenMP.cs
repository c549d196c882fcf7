using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Benchmarks.Norms.Peers;

/// <summary>
/// Offers torch's OpenMP runtime to libraries that are loaded later. TorchSharp brings one under a name of its own, so that
/// another library would start the system's: two teams whose waiting workers take each other's processors.
/// </summary>
internal static partial class SharedOpenMP
{
    private const int Now = 2, Global = 0x100;

    /// <summary>Makes its symbols the first that are found; false where there is none, or no glibc.</summary>
    public static bool Offer()
    {
        using var process = Process.GetCurrentProcess();
        var modules = process.Modules.Cast<ProcessModule>().Select(module => module.FileName).ToList();
        var torchFolder = Path.GetDirectoryName(modules.Find(file => Path.GetFileName(file) == "libtorch_cpu.so"));
        var runtime = modules.Find(file => Path.GetDirectoryName(file) == torchFolder && Path.GetFileName(file).StartsWith("libgomp", StringComparison.Ordinal));
        try
        {
            return runtime is not null && dlopen(runtime, Now | Global) != 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc.so.6", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint dlopen(string file, int flags);
}
