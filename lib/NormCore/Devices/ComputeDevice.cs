using System.Globalization;
using NormCore.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>The one place that decides where computations run.</summary>
public static class ComputeDevice
{
    /// <summary>
    /// The device NORM_DEVICE names ("cpu", "cuda", "cuda:1"); without it a GPU where this build has CUDA and a GPU is there, else the CPU.
    /// </summary>
    /// <exception cref="InvalidOperationException">NORM_DEVICE asks for something that is not there, or is no device.</exception>
    /// <exception cref="DllNotFoundException">libtorch cannot be loaded.</exception>
    public static Device Default { get; } = Choose();

    /// <summary>Resolves a wish; a pure function of what is there.</summary>
    internal static (DeviceType Type, int Index) Resolve(string? wish, string backend, int gpuCount)
    {
        if (string.IsNullOrWhiteSpace(wish)) return backend == "cuda" && gpuCount > 0 ? (DeviceType.CUDA, 0) : (DeviceType.CPU, -1);

        var parts = wish.Trim().ToLowerInvariant().Split(':');
        if (parts is ["cpu"]) return (DeviceType.CPU, -1);
        var index = 0;
        var isCuda = parts is ["cuda"]
            || (parts is ["cuda", var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out index));
        if (!isCuda) throw Impossible(wish, "devices are written cpu, cuda or cuda:1.");
        if (backend != "cuda") throw Impossible(wish, "this build of NormCore is for cpu; build it with -p:TorchBackend=cuda.");
        if (gpuCount == 0) throw Impossible(wish, "CUDA finds no GPU here: none is fitted, or its driver is missing or too old.");
        if (index >= gpuCount) throw Impossible(wish, $"this machine has {gpuCount} GPU(s), numbered from 0.");
        return (DeviceType.CUDA, index);
    }

    private static Device Choose()
    {
        NativeTorch.Load();
        // A build for the CPU must not ask: TorchSharp would go and search for CUDA's libraries.
        var gpuCount = NativeTorch.Backend == "cuda" && cuda.is_available() ? cuda.device_count() : 0;
        var (type, index) = Resolve(Environment.GetEnvironmentVariable("NORM_DEVICE"), NativeTorch.Backend, gpuCount);
        return device(type, index);
    }

    private static InvalidOperationException Impossible(string wish, string why) =>
        new($"NORM_DEVICE is '{wish}', but {why}");
}
