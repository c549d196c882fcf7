using System.Collections.Immutable;
using static TorchSharp.torch;

namespace NormLab.Traps;

/// <summary>How many values a batch gives to the statistics of one channel of a layer: m = N for (N, C), N·H·W for maps. With m = 1 nothing passes, with m = 2 only signs.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Values">m.</param>
public sealed record ChannelValues(string Layer, long Values)
{
    /// <summary>Counts at every layer with running statistics, in evaluation mode, in which a batch of one passes. The network stays as it is.</summary>
    /// <param name="network">The network.</param>
    /// <param name="x">A batch as in training, (N, *).</param>
    public static ImmutableArray<ChannelValues> Of(nn.Module<Tensor, Tensor> network, Tensor x) =>
        [.. NormInputs.Visit(network, x, training: false, (name, layer, input) => new ChannelValues(name, input.numel() / input.shape[1]))];
}
