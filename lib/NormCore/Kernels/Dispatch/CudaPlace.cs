using System.Collections.Concurrent;
using NormCore.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>Where kernels for a tensor are launched: its GPU, and the stream on which torch works at the moment.</summary>
/// <param name="Device">The GPU.</param>
/// <param name="CurrentStream">Gives torch's current stream of this thread.</param>
internal sealed record CudaPlace(CudaDevice Device, Func<nint> CurrentStream)
{
    private static readonly ConcurrentDictionary<int, Lazy<CudaPlace?>> Places = new();

    /// <summary>For tests: where this thread's tensors on the CPU go, as if they lay on a GPU.</summary>
    [ThreadStatic]
    public static CudaPlace? InPlaceOfCpu;

    /// <summary>The place of a tensor; null where its device has no kernels, for which there has been a warning then.</summary>
    public static CudaPlace? Of(Tensor x)
    {
        var type = x.device_type;
        if (type == DeviceType.CPU) return InPlaceOfCpu;
        return type == DeviceType.CUDA ? Places.GetOrAdd(x.device_index, static ordinal => new(() => Find(ordinal))).Value : null;
    }

    /// <summary>The place of a GPU; null, and a warning, where it cannot have kernels.</summary>
    public static CudaPlace? TryFind(CudaRuntime runtime, int ordinal, Func<int, Func<nint>> stream)
    {
        try
        {
            var device = runtime.Device(ordinal);
            return device.Properties.Major >= CudaNorm.FirstMajor
                ? new CudaPlace(device, stream(ordinal))
                : throw new CudaException($"the {device.Properties.Name} has compute capability {device.Properties.Major}.{device.Properties.Minor}, and they need {CudaNorm.FirstMajor}.0.");
        }
        catch (CudaException reason)
        {
            CudaKernels.Warn(reason);
            return null;
        }
    }

    private static CudaPlace? Find(int ordinal)
    {
        CudaRuntime.CompilerFolders = SearchFolders.Of(SearchContext.OfThisProcess());
        return TryFind(CudaRuntime.Default, ordinal, TorchStream.Of);
    }
}
