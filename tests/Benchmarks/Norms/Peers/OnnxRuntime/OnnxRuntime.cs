using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace Benchmarks.Norms.Peers;

/// <summary>ONNX Runtime: layer and instance normalization, and batch normalization in evaluation.</summary>
internal sealed class OnnxRuntime : IPeer
{
    public string Name => "ONNX Runtime";

    public string Load()
    {
        if (!NativeLibrary.TryLoad("onnxruntime", typeof(InferenceSession).Assembly, null, out _))
            throw new DllNotFoundException("its native library is not in this build; add -p:OnnxRuntime=true to `dotnet run`, before `--`, and its package of 160 MB is restored.");
        return $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}, {get_num_threads()} threads of its own, which stop spinning when a run ends";
    }

    public PeerForward? Prepare(NormCase row)
    {
        Tensor[] inputs = [row.Input, .. row.OurParameters];
        return row.Name switch
        {
            "LayerNorm" => new OnnxNorm("LayerNormalization", inputs),
            "InstanceNorm" => new OnnxNorm("InstanceNormalization", inputs),
            "BatchNorm, evaluation" => new OnnxNorm("BatchNormalization", [.. inputs, zeros(row.Input.shape[1]), ones(row.Input.shape[1])]),
            _ => null,
        };
    }
}
