using System.Reflection;
using TorchSharp;

namespace NormCore.Native;

/// <summary>Which TorchSharp, which libtorch and which backend this build of NormCore is made for.</summary>
internal static class TorchBuild
{
    /// <summary>"cpu" or "cuda": the value of the build property TorchBackend.</summary>
    public static string Backend { get; } = typeof(TorchBuild).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "TorchBackend").Value!;

    /// <summary>The assembly of TorchSharp. Naming the type does not run torch's static constructor, using any member of it does.</summary>
    public static Assembly TorchSharp { get; } = typeof(torch).Assembly;

    /// <summary>The version of the package TorchSharp, e.g. 0.107.0.</summary>
    public static string TorchSharpVersion { get; } = TorchSharp.GetName().Version!.ToString(3);

    /// <summary>The version of the libtorch packages that this TorchSharp was compiled against, e.g. 2.10.0.</summary>
    /// <remarks>The public <c>torch.__version__</c> says the same, but reading it makes TorchSharp load its library by name.</remarks>
    public static string LibTorchVersion { get; } = Version.Parse(
        (string)typeof(torch).GetField("libtorchPackageVersion", BindingFlags.Static | BindingFlags.NonPublic)!.GetRawConstantValue()!).ToString(3);
}
