using System.Runtime.InteropServices;

namespace NormKernel.Workers;

/// <summary>What native code prints waits in the C library's buffer when stdout is a pipe.</summary>
public static class NativeOutput
{
    public static void Flush()
    {
        try
        {
            if (OperatingSystem.IsWindows())
                _ = FlushWindows(0);
            else
                _ = FlushUnix(0);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
        }
    }

#pragma warning disable SYSLIB1054 // Source-generated imports need unsafe code in all of this project.
    [DllImport("libc", EntryPoint = "fflush")]
    private static extern int FlushUnix(nint stream);

    [DllImport("ucrtbase", EntryPoint = "fflush")]
    private static extern int FlushWindows(nint stream);
#pragma warning restore SYSLIB1054
}
