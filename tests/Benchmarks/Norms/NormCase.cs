using static TorchSharp.torch;

namespace Benchmarks.Norms;

/// <summary>One row of the table: our layer and a peer's on the same input.</summary>
/// <param name="Name">The operation, e.g. BatchNorm.</param>
/// <param name="Input">x, which wants a gradient.</param>
/// <param name="Layout">How x lies in memory.</param>
/// <param name="Ours">Our layer.</param>
/// <param name="OurParameters">γ and β of ours.</param>
/// <param name="Peer">The peer, the same function.</param>
/// <param name="PeerParameters">γ and β of the peer.</param>
/// <param name="Reference">The same function of x, γ and β in float64, by torch's plain operations.</param>
/// <param name="HasBackward">False for evaluation, which is measured forward only.</param>
internal sealed record NormCase(
    string Name, Tensor Input, string Layout, Func<Tensor, Tensor> Ours, Tensor[] OurParameters, Func<Tensor, Tensor> Peer, Tensor[] PeerParameters,
    Func<Tensor, Tensor[], Tensor> Reference, bool HasBackward = true)
{
    public string Shape => $"[{string.Join(", ", Input.shape)}]";

    public string Type => Input.dtype switch
    {
        ScalarType.Float32 => "fp32",
        ScalarType.Float64 => "fp64",
        ScalarType.BFloat16 => "bf16",
        ScalarType.Float16 => "fp16",
        _ => Input.dtype.ToString(),
    };

    public override string ToString() => $"{Name} {Shape} {Type} {Layout}";
}
