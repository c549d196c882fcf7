using static TorchSharp.torch;

namespace NormLab.Curvature;

/// <summary>The buffers of a network, such as running statistics, brought back when disposed: not before a graph that holds them has served.</summary>
internal sealed class KeptBuffers(nn.Module network) : IDisposable
{
    private readonly Dictionary<string, Tensor> buffers =
        network.named_buffers().ToDictionary(pair => pair.name, pair => pair.buffer.detach().clone().DetachFromDisposeScope());

    public void Dispose()
    {
        using var frozen = no_grad();
        // By name: a layer may have replaced a buffer by another tensor.
        foreach (var (name, live) in network.named_buffers())
            live.copy_(buffers[name]);
        foreach (var saved in buffers.Values)
            saved.Dispose();
    }
}
