using System.Runtime.InteropServices;

namespace Benchmarks.Timing;

/// <summary>
/// Large tensors come fresh from the kernel and go back to it, by default: zeroed pages, a fault for each. Kept by the
/// allocator, they cost nothing, and kernels can be compared.
/// </summary>
internal static partial class Allocation
{
    private const int TrimThreshold = -1, MmapMax = -4;

    /// <summary>Tells glibc to keep what it has; false where there is no glibc.</summary>
    public static bool Keep()
    {
        try
        {
            return mallopt(MmapMax, 0) == 1 && mallopt(TrimThreshold, int.MaxValue) == 1;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc.so.6")]
    private static partial int mallopt(int parameter, int value);
}
