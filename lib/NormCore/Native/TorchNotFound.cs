namespace NormCore.Native;

/// <summary>The messages for a libtorch that is absent or refuses to load.</summary>
internal static class TorchNotFound
{
    public static DllNotFoundException Missing(IEnumerable<string> missing, IEnumerable<string> folders, string backend) => new(
        $"""
        NormCore needs libtorch {TorchBuild.LibTorchVersion} ({backend}, {NativePlatform.RuntimeId}) and cannot find {string.Join(", ", missing)}.
        {Remedy(backend)}
        Looked in:
        {string.Join(Environment.NewLine, folders.Select(folder => $"  {folder}{(Directory.Exists(folder) ? "" : "  (does not exist)")}"))}
        """);

    public static DllNotFoundException Unloadable(string file, string backend, Exception reason) => new(
        $"""
        NormCore found libtorch {TorchBuild.LibTorchVersion} ({backend}, {NativePlatform.RuntimeId}), but the system refuses to load {file}:
        {reason.Message.Trim()}
        {Remedy(backend)}
        """,
        reason);

    private static string Remedy(string backend) =>
        $"""
        Add the package {Package(backend)} {TorchBuild.TorchSharpVersion} to the project or the notebook, or set NORM_LIBTORCH to a folder that holds the files.
        This build of NormCore is for {backend}; -p:TorchBackend={(backend == "cpu" ? "cuda" : "cpu")} builds it for the other backend.
        """;

    private static string Package(string backend) =>
        backend == "cpu" ? "TorchSharp-cpu" : OperatingSystem.IsWindows() ? "TorchSharp-cuda-windows" : "TorchSharp-cuda-linux";
}
