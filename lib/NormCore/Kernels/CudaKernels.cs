using System.Collections.Concurrent;
using NormCore.Kernels;

namespace NormCore;

/// <summary>The fused kernels for tensors on a GPU: the library's own CUDA sources, compiled when they are first used and kept on disk.</summary>
/// <remarks>
/// They take NVIDIA's driver and NVRTC, which comes with TorchSharp's CUDA packages. Where something is missing or fails, operations of
/// torch compute the same, and <see cref="Warning"/> gets one line for each reason. The environment variable NORM_KERNELS=off, or
/// <see cref="IsEnabled"/>, turns them off.
/// </remarks>
public static class CudaKernels
{
    private static readonly ConcurrentDictionary<string, bool> Said = new();

    /// <summary>Whether tensors on a GPU go through the kernels; true unless NORM_KERNELS is off.</summary>
    public static bool IsEnabled { get; set; } = !FusedPath.IsOffEverywhere;

    /// <summary>Receives one line for each reason why there are none, once in a process; prints it by default, and null is silence.</summary>
    public static Action<string>? Warning { get; set; } = Console.Out.WriteLine;

    // A compiler or a driver that refuses one kernel refuses all, each with a log of its own: the first is enough.
    internal static void Warn(CudaException reason)
    {
        if (Said.TryAdd(reason.InnerException is null ? reason.Message : nameof(CudaDevice), true))
            Warning?.Invoke($"NormCore normalizes on this GPU with operations of torch instead of its own kernels: {reason.Message}");
    }

    /// <summary>For tests, which begin as a new process would.</summary>
    internal static void ForgetWarnings() => Said.Clear();
}
