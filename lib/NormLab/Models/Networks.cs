using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormLab.Models;

/// <summary>
/// Small networks for 28×28 images, with the normalization layer as a parameter. Layers have names such as
/// <c>conv1</c>, <c>norm1</c>, <c>relu1</c>; convolutions and linear layers start from the same weights for the same
/// seed, whatever normalizes between them.
/// </summary>
public static class Networks
{
    private const int Classes = 10;

    /// <summary>Three 3×3 convolutions, each followed by normalization and ReLU, two max-pools, global average pool, linear.</summary>
    /// <param name="norm">Makes the layer that normalizes (N, C, *) from C; null for a network without.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="channels">The channels of the three convolutions.</param>
    /// <param name="start">How weights start.</param>
    /// <returns>A module from (N, 1, 28, 28) to logits (N, 10), on the CPU.</returns>
    public static Sequential Cnn(Func<int, nn.Module<Tensor, Tensor>>? norm, int seed, IReadOnlyList<int>? channels = null, WeightInit start = WeightInit.He)
    {
        channels ??= [16, 32, 32];
        var layers = new List<(string, nn.Module<Tensor, Tensor>)>();
        foreach (var (count, index) in channels.Select((count, index) => (count, index)))
        {
            var before = index == 0 ? 1 : channels[index - 1];
            layers.Add(($"conv{index + 1}", nn.Conv2d(before, count, 3, padding: 1, bias: norm is null)));
            layers.AddRange(NormAndRelu(norm, count, index));
            if (index < 2)
                layers.Add(($"pool{index + 1}", nn.MaxPool2d(2)));
        }

        layers.Add(("average", nn.AdaptiveAvgPool2d(1)));
        layers.Add(("flatten", nn.Flatten()));
        layers.Add(("linear", nn.Linear(channels[^1], Classes)));
        return Initialized(layers, seed, start);
    }

    /// <summary>Linear layers, each but the last followed by normalization and ReLU.</summary>
    /// <param name="norm">Makes the layer that normalizes (N, C) from C; null for a network without.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="widths">The width of each hidden layer.</param>
    /// <param name="start">How weights start.</param>
    /// <returns>A module from (N, 1, 28, 28) to logits (N, 10), on the CPU.</returns>
    public static Sequential Mlp(Func<int, nn.Module<Tensor, Tensor>>? norm, int seed, IReadOnlyList<int>? widths = null, WeightInit start = WeightInit.He)
    {
        widths ??= [128, 128];
        var layers = new List<(string, nn.Module<Tensor, Tensor>)> { ("flatten", nn.Flatten()) };
        foreach (var (width, index) in widths.Select((width, index) => (width, index)))
        {
            layers.Add(($"linear{index + 1}", nn.Linear(index == 0 ? 28 * 28 : widths[index - 1], width, hasBias: norm is null)));
            layers.AddRange(NormAndRelu(norm, width, index));
        }

        layers.Add(("linear", nn.Linear(widths[^1], Classes)));
        return Initialized(layers, seed, start);
    }

    private static IEnumerable<(string, nn.Module<Tensor, Tensor>)> NormAndRelu(Func<int, nn.Module<Tensor, Tensor>>? norm, int channels, int index)
    {
        if (norm is not null)
            yield return ($"norm{index + 1}", norm(channels));
        yield return ($"relu{index + 1}", nn.ReLU());
    }

    private static Sequential Initialized(List<(string, nn.Module<Tensor, Tensor>)> layers, int seed, WeightInit start)
    {
        using var generator = new Generator((ulong)seed);
        foreach (var (_, layer) in layers)
            start.Apply(layer, generator);
        return nn.Sequential(layers);
    }
}
