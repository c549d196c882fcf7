using System.Collections.Immutable;
using System.Numerics;
using NormCore;
using static TorchSharp.torch;

namespace NormLab.Models;

/// <summary>A way to normalize (N, C, *) inside a network, under the name by which every notebook knows and colours it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Layer">Makes the layer from C; null for no layer.</param>
public sealed record Normalizer(string Name, Func<int, nn.Module<Tensor, Tensor>>? Layer);

/// <summary>The methods that notebooks compare, with their usual hyperparameters and learned γ and β.</summary>
public static class Normalizers
{
    private const int Groups = 8;

    /// <summary>No normalization.</summary>
    public static Normalizer None { get; } = new("none", null);

    /// <summary>Statistics per channel, over the batch.</summary>
    public static Normalizer BatchNorm { get; } = new("batch norm", channels => new BatchNorm(channels));

    /// <summary>Statistics per sample and group of channels: 8 groups, or the most below that divide 8 and the channels.</summary>
    public static Normalizer GroupNorm { get; } = new("group norm", channels => new GroupNorm((int)BigInteger.GreatestCommonDivisor(Groups, channels), channels));

    /// <summary>Statistics per sample, over all channels and positions: group norm of one group. (Transformers and ConvNeXt normalize each position by itself.)</summary>
    public static Normalizer LayerNorm { get; } = new("layer norm", channels => new GroupNorm(1, channels));

    /// <summary>Statistics per sample and channel.</summary>
    public static Normalizer InstanceNorm { get; } = new("instance norm", channels => new InstanceNorm(channels, affine: true));

    /// <summary>Batch norm by the mean absolute value.</summary>
    public static Normalizer L1BatchNorm { get; } = new("L1 batch norm", channels => new LpBatchNorm(channels, 1));

    /// <summary>Batch norm by the largest absolute value.</summary>
    public static Normalizer MaxBatchNorm { get; } = new("L∞ batch norm", channels => new LpBatchNorm(channels, double.PositiveInfinity));

    /// <summary>All of them. Instance norm needs more than one position per channel, so it fits convolutions only.</summary>
    public static ImmutableArray<Normalizer> All { get; } =
        [None, BatchNorm, GroupNorm, LayerNorm, InstanceNorm, L1BatchNorm, MaxBatchNorm];

    /// <summary>Batch norm whose statistics are those of ghosts, parts of the batch.</summary>
    /// <param name="virtualBatchSize">The samples of a ghost.</param>
    public static Normalizer GhostBatchNorm(int virtualBatchSize) =>
        new($"ghost batch norm, {virtualBatchSize}", channels => new GhostBatchNorm(channels, virtualBatchSize));
}
