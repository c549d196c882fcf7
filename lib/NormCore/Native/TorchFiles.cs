namespace NormCore.Native;

/// <summary>The native files of one libtorch with TorchSharp's library: file name → full path.</summary>
internal sealed record TorchFiles(IReadOnlyDictionary<string, string> Paths)
{
    private static readonly string[] CpuLibraries = ["c10", "torch_cpu", "torch", "LibTorchSharp"];
    private static readonly string[] CudaLibraries = ["c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch", "LibTorchSharp"];

    /// <summary>File name of the library that TorchSharp calls.</summary>
    public static string TorchSharpLibrary { get; } = NativePlatform.FileName("LibTorchSharp");

    /// <summary>The libraries that must be there, each before those that need it.</summary>
    public static IReadOnlyList<string> InLoadOrder(string backend) =>
        [.. (backend == "cuda" ? CudaLibraries : CpuLibraries).Select(NativePlatform.FileName)];

    /// <summary>Takes each file from the first folder that has it.</summary>
    /// <exception cref="DllNotFoundException">A library is in none of the folders: names it, the folders and the remedy.</exception>
    public static TorchFiles FindIn(IReadOnlyList<string> folders, string backend)
    {
        var paths = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var folder in folders.Where(IsCandidate))
            foreach (var file in Directory.EnumerateFiles(folder))
                if (NativePlatform.IsLibrary(Path.GetFileName(file)))
                    paths.TryAdd(Path.GetFileName(file), file);

        var missing = InLoadOrder(backend).Where(name => !paths.ContainsKey(name)).ToArray();
        return missing.Length == 0 ? new TorchFiles(paths) : throw TorchNotFound.Missing(missing, folders, backend);
    }

    // The runtime's own folder is on the host's list and holds nothing of torch.
    private static bool IsCandidate(string folder) =>
        Directory.Exists(folder)
        && Path.GetFullPath(folder) != Path.GetDirectoryName(typeof(object).Assembly.Location);
}
