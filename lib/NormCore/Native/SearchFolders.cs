namespace NormCore.Native;

/// <summary>The folders that are searched for native files, in order.</summary>
/// <remarks>
/// 1. the folder NORM_LIBTORCH;
/// 2. the folders the .NET host names, then the application's own and its runtimes/&lt;rid&gt;/native;
/// 3. package caches: the one TorchSharp.dll was loaded from, the host's probing folders, NUGET_PACKAGES, ~/.nuget/packages.
/// </remarks>
internal static class SearchFolders
{
    /// <summary>All folders in search order, whether they exist or not, without repetition.</summary>
    public static IReadOnlyList<string> Of(SearchContext context) =>
        [.. Given(context.Override)
            .Concat(context.HostFolders)
            .Concat(Given(context.AppFolder).SelectMany(app => new[] { app, Native(app) }))
            .Concat(Caches(context).SelectMany(cache => PackagesIn(cache, context.Backend)))
            .Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))
            .Distinct()];

    private static IEnumerable<string> Caches(SearchContext context) =>
        Given(CacheAround(context.TorchSharpFile))
            .Concat(context.ProbingFolders)
            .Concat(Given(context.NuGetPackages))
            .Concat(Given(context.Home).Select(home => Path.Combine(home, ".nuget", "packages")))
            .Select(Path.GetFullPath)
            .Distinct();

    // <cache>/torchsharp/<version>/lib/<framework>/TorchSharp.dll
    private static string? CacheAround(string? torchSharpFile)
    {
        if (string.IsNullOrEmpty(torchSharpFile)) return null;
        var package = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(torchSharpFile)!, "..", "..", ".."));
        return Path.GetFileName(package).Equals("torchsharp", StringComparison.OrdinalIgnoreCase)
            ? Path.GetDirectoryName(package)
            : null;
    }

    private static IEnumerable<string> PackagesIn(string cache, string backend)
    {
        yield return Native(Path.Combine(cache, "torchsharp", TorchBuild.TorchSharpVersion));
        if (backend == "cpu")
            yield return Native(Path.Combine(cache, $"libtorch-cpu-{NativePlatform.RuntimeId}", TorchBuild.LibTorchVersion));
        else if (Directory.Exists(cache))
            // libtorch-cuda-12.8-linux-x64 is split into packages -part1, -part2-primary and so on.
            foreach (var part in Directory.GetDirectories(cache, $"libtorch-{backend}-*{NativePlatform.RuntimeId}*").Order(StringComparer.Ordinal))
                yield return Native(Path.Combine(part, TorchBuild.LibTorchVersion));
    }

    private static string Native(string folder) => Path.Combine(folder, "runtimes", NativePlatform.RuntimeId, "native");

    private static IEnumerable<string> Given(string? folder) => string.IsNullOrWhiteSpace(folder) ? [] : [folder];
}
