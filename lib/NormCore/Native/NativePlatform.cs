using System.Runtime.InteropServices;

namespace NormCore.Native;

/// <summary>How this operating system names native libraries and how packages name this platform.</summary>
internal static class NativePlatform
{
    /// <summary>The runtime identifier of package folders: linux-x64, win-x64, osx-arm64, …</summary>
    public static string RuntimeId { get; } = $"{OperatingSystemId}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>The file name of a library, e.g. <c>c10</c> → <c>libc10.so</c>, <c>c10.dll</c>, <c>libc10.dylib</c>.</summary>
    public static string FileName(string library) =>
        OperatingSystem.IsWindows() ? $"{library}.dll"
        : OperatingSystem.IsMacOS() ? $"lib{library}.dylib"
        : $"lib{library}.so";

    /// <summary>True for names such as <c>libgomp-98b21ff3.so.1</c>, <c>uv.dll</c> and <c>libomp.dylib</c>.</summary>
    public static bool IsLibrary(string fileName) =>
        OperatingSystem.IsWindows() ? fileName.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
        : OperatingSystem.IsMacOS() ? fileName.EndsWith(".dylib", StringComparison.Ordinal)
        : fileName.EndsWith(".so", StringComparison.Ordinal) || fileName.Contains(".so.", StringComparison.Ordinal);

    private static string OperatingSystemId =>
        OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
}
