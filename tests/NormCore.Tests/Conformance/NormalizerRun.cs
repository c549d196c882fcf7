using static TorchSharp.torch;

namespace NormCore.Tests.Conformance;

/// <summary>What a normalizer made of one golden case, under the names of the expected tensors.</summary>
internal sealed class NormalizerRun : Dictionary<string, Tensor>
{
    public void AddIfAny(string name, Tensor? value)
    {
        if (value is not null) this[name] = value.detach();
    }
}
