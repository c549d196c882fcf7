using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance.Format;

/// <summary>One case of normvec-1, see Conformance/README.md.</summary>
internal sealed record GoldenCase(
    string Id, string Op, JsonElement Attributes, string File, double? Cond, JsonElement? Peer, IReadOnlyList<GoldenTensor> Tensors)
{
    /// <summary>Where the suite of this case lies.</summary>
    [JsonIgnore]
    public string Folder { get; init; } = "";

    /// <summary>How far the printed numbers of a literal may be off, as their source says; null for computed cases.</summary>
    public double? Atol { get; init; }

    /// <summary>Attributes of an ONNX node, its defaults among them.</summary>
    [JsonPropertyName("attributes_with_defaults")]
    public JsonElement AttributesWithDefaults { get; init; }

    /// <summary>What was added: rms_norm may leave eps to the type of x.</summary>
    public double Eps => Attributes.GetProperty(Attributes.TryGetProperty("effective_eps", out _) ? "effective_eps" : "eps").GetDouble();

    public bool Flag(string attribute) => Attributes.GetProperty(attribute).GetBoolean();

    public double? Momentum => Attributes.GetProperty("momentum") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    public IEnumerable<GoldenTensor> Expected => Tensors.Where(t => t.Role == "expected");

    public bool Has(string tensor) => Tensors.Any(t => t.Name == tensor);

    /// <summary>A new tensor, or null where the case has none of that name.</summary>
    public Tensor? Find(string name) => Tensors.FirstOrDefault(t => t.Name == name)?.Read(Folder, File);

    public Tensor Get(string name) => Find(name) ?? throw new KeyNotFoundException($"{Id} has no tensor {name}.");

    /// <summary>The largest error of PyTorch in the case's own type, or null where it was not measured.</summary>
    public double? PeerError(string type, string tensor) =>
        Peer is { } peer && peer.TryGetProperty($"torch_1.13.1_{type}_max_abs_err", out var errors) && errors.TryGetProperty(tensor, out var error)
            ? error.GetDouble()
            : null;

    public override string ToString() => Id;
}
