using System.Text.RegularExpressions;

namespace NormCore.Kernels;

/// <summary>Where NVRTC, NVIDIA's compiler as a library, and its builtins lie.</summary>
/// <param name="Library">A path, or a name for the system to find.</param>
/// <param name="Builtins">A path; null where the system is to find them too.</param>
internal sealed partial record NvrtcFiles(string Library, string? Builtins)
{
    private static readonly string[] SystemNames = OperatingSystem.IsWindows()
        ? ["nvrtc64_130_0.dll", "nvrtc64_120_0.dll"]
        : ["libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so.11.2"]; // The last is that of all releases from 11.2 to 11.8.

    /// <summary>What was found: the folder or file NORM_NVRTC, then the folders, then the toolkit of CUDA_PATH or CUDA_HOME, then the names that the system knows.</summary>
    public static IReadOnlyList<NvrtcFiles> Find(IReadOnlyList<string> folders, string? wish = null)
    {
        wish ??= Environment.GetEnvironmentVariable("NORM_NVRTC");
        if (!string.IsNullOrWhiteSpace(wish)) return File.Exists(wish) ? [Beside(wish, [])] : In([wish]);
        return [.. In([.. folders, .. Toolkits()]), .. SystemNames.Select(name => new NvrtcFiles(name, null))];
    }

    private static IReadOnlyList<NvrtcFiles> In(IReadOnlyList<string> folders) =>
        [.. folders.SelectMany(Files).Where(file => LibraryName().IsMatch(Path.GetFileName(file))).Select(file => Beside(file, folders))];

    // The packages of libtorch come in parts, so the builtins may lie in another folder.
    private static NvrtcFiles Beside(string library, IReadOnlyList<string> folders) =>
        new(library, folders.Prepend(Path.GetDirectoryName(Path.GetFullPath(library))!).SelectMany(Files).FirstOrDefault(file => BuiltinsName().IsMatch(Path.GetFileName(file))));

    // The newest of a folder first.
    private static IEnumerable<string> Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder).OrderByDescending(file => file, StringComparer.Ordinal) : [];

    private static IEnumerable<string> Toolkits()
    {
        foreach (var name in (string[])["CUDA_PATH", "CUDA_HOME"])
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } toolkit)
                yield return Path.Combine(toolkit, OperatingSystem.IsWindows() ? "bin" : "lib64");
    }

    // libnvrtc.so.12, libnvrtc-672ee683.so.11.2, nvrtc64_120_0.dll; libnvrtc.alt.so.12 is another build of the same.
    [GeneratedRegex(@"^(libnvrtc(-[0-9a-f]{8})?\.so(\.\d+)*|nvrtc64_\d+_\d+\.dll)$")]
    private static partial Regex LibraryName();

    [GeneratedRegex(@"^(libnvrtc-builtins(-[0-9a-f]{8})?\.so(\.\d+)*|nvrtc-builtins64_\d+\.dll)$")]
    private static partial Regex BuiltinsName();
}
