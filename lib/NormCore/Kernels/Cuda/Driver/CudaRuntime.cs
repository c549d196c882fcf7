using System.Collections.Concurrent;

namespace NormCore.Kernels;

/// <summary>A driver, a compiler and a cache, and the devices they make together.</summary>
internal sealed class CudaRuntime(Func<CudaDriver> driver, Func<IKernelCompiler> compiler, string? cacheFolder)
{
    private readonly Lazy<CudaDriver> driver = new(driver);
    private readonly Lazy<KernelCache> cache = new(() => new KernelCache(compiler(), cacheFolder));
    private readonly ConcurrentDictionary<int, Lazy<CudaDevice>> devices = new();

    /// <summary>Folders in which the default runtime looks for NVRTC beside those it knows itself; set before its first use.</summary>
    public static IReadOnlyList<string> CompilerFolders { get; set; } = [];

    /// <summary>That of this system: its driver, NVRTC, and a cache in the home folder.</summary>
    public static CudaRuntime Default { get; } = new(() => CudaDriver.Load(), () => NvrtcCompiler.Load(NvrtcFiles.Find(CompilerFolders)), KernelCache.UserFolder());

    /// <summary>The device of a number.</summary>
    /// <exception cref="CudaException">It cannot be used; the message says why, and does so again at the next call.</exception>
    public CudaDevice Device(int ordinal) =>
        devices.GetOrAdd(ordinal, static (ordinal, runtime) => new(() => new CudaDevice(runtime.driver.Value, runtime.cache.Value, ordinal)), this).Value;
}
