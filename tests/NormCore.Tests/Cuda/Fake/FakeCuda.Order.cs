using System.Runtime.InteropServices;

namespace NormCore.Tests.Cuda.Fake;

// In which order the machine does what a GPU does at once.
internal static unsafe partial class FakeCuda
{
    /// <summary>Blocks, and the threads of each, from the last to the first, each warp as far ahead of the others as it can get.</summary>
    public static void SetReverse(bool isOn) => ((delegate* unmanaged[Cdecl]<int, void>)Export("fake_reverse"))(isOn ? 1 : 0);

    /// <summary>Whether asynchronous copies land as late as they may, or at once.</summary>
    public static void SetCopiesLate(bool isOn) => ((delegate* unmanaged[Cdecl]<int, void>)Export("fake_async_late"))(isOn ? 1 : 0);

    /// <summary>Why the last launch failed.</summary>
    public static string Message => Marshal.PtrToStringUTF8((nint)((delegate* unmanaged[Cdecl]<byte*>)Export("fake_message"))())!;
}
