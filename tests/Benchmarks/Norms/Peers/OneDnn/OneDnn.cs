using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Benchmarks.Norms.Peers;

/// <summary>oneDNN 2 of the system: batch normalization, in training and evaluation, and layer normalization.</summary>
internal sealed class OneDnn : IPeer
{
    public string Name => "oneDNN";

    public string Load()
    {
        var shared = SharedOpenMP.Offer(); // Before the library, which binds to it while it is loaded.
        if (!NativeLibrary.TryLoad(OneDnnNative.File, out _))
            throw new DllNotFoundException($"{OneDnnNative.File} was not found or does not load; Debian 12 has it as package libdnnl2 (oneDNN 3 has another interface and is not used).");
        var team = shared ? "in torch's OpenMP team" : "in an OpenMP team of its own, beside torch's";
        return $"oneDNN {OneDnnNative.Version()}, {get_num_threads()} threads {team}";
    }

    public PeerForward? Prepare(NormCase row) => row.Name switch
    {
        "BatchNorm" => OneDnnNorm.Batch(row, OneDnnNative.ForwardTraining, OneDnnNative.UseScaleAndShift),
        "BatchNorm, evaluation" => OneDnnNorm.Batch(row, OneDnnNative.ForwardInference, OneDnnNative.UseScaleAndShift | OneDnnNative.UseGlobalStatistics),
        "LayerNorm" => OneDnnNorm.Layer(row),
        _ => null,
    };
}
