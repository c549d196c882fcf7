using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormLab.Models;

/// <summary>
/// Small networks for small images, with the normalization layer as a parameter. Layers have names such as
/// <c>conv1</c>, <c>norm1</c>, <c>relu1</c>; convolutions and linear layers start from the same weights for the same
/// seed, whatever normalizes between them.
/// </summary>
public static class Networks
{
    private const int Classes = 10;

    /// <summary>Three 3×3 convolutions, each followed by normalization and ReLU, two max-pools, global average pool, linear.</summary>
    /// <param name="norm">Makes the layer that normalizes (N, C, *) from C; null for a network without.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="channels">The channels of the convolutions; pools follow the first two.</param>
    /// <param name="start">How weights start.</param>
    /// <param name="inputs">The channels of an image.</param>
    /// <returns>A module from (N, inputs, H, W) to logits (N, 10), on the CPU.</returns>
    public static Sequential Cnn(Func<int, nn.Module<Tensor, Tensor>>? norm, int seed, IReadOnlyList<int>? channels = null, WeightInit start = WeightInit.He, int inputs = 1) =>
        Convolutions(norm, seed, channels ?? [16, 32, 32], (1, 2), start, inputs);

    /// <summary>
    /// A deep network of 3×3 convolutions in three stages of w, 2w and 4w channels, each convolution followed by normalization and
    /// ReLU, a max-pool after the first two stages, global average pool, linear. Eight layers of w = 16 are
    /// 16, 16, 32, 32, 64, 64, 64, 64 channels.
    /// </summary>
    /// <param name="norm">Makes the layer that normalizes (N, C, *) from C; null for a network without.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="depth">The number of convolutions, from 3: a quarter of them, rounded up, in each of the first two stages, the rest in the third.</param>
    /// <param name="width">w.</param>
    /// <param name="start">How weights start.</param>
    /// <returns>A module from (N, 1, H, W) to logits (N, 10), on the CPU.</returns>
    public static Sequential DeepCnn(Func<int, nn.Module<Tensor, Tensor>>? norm, int seed, int depth = 8, int width = 16, WeightInit start = WeightInit.He)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 3);
        var stage = (depth + 3) / 4;
        var channels = Enumerable.Range(0, depth).Select(layer => width << Math.Min(layer / stage, 2)).ToArray();
        return Convolutions(norm, seed, channels, (stage, 2 * stage), start);
    }

    /// <summary>Linear layers, each but the last followed by normalization and ReLU.</summary>
    /// <param name="norm">Makes the layer that normalizes (N, C) from C; null for a network without.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    /// <param name="widths">The width of each hidden layer.</param>
    /// <param name="start">How weights start.</param>
    /// <param name="inputs">The pixels of an image.</param>
    /// <returns>A module from (N, *) to logits (N, 10), on the CPU.</returns>
    public static Sequential Mlp(Func<int, nn.Module<Tensor, Tensor>>? norm, int seed, IReadOnlyList<int>? widths = null, WeightInit start = WeightInit.He, int inputs = 28 * 28) =>
        Perceptron(norm, seed, widths ?? [128, 128], start, inputs, ("relu", () => nn.ReLU()));

    /// <summary>The same with sigmoids, which saturate: by default the three layers of 100 of Ioffe and Szegedy 2015, section 4.1.</summary>
    /// <inheritdoc cref="Mlp"/>
    public static Sequential SigmoidMlp(Func<int, nn.Module<Tensor, Tensor>>? norm, int seed, IReadOnlyList<int>? widths = null, WeightInit start = WeightInit.Glorot, int inputs = 28 * 28) =>
        Perceptron(norm, seed, widths ?? [100, 100, 100], start, inputs, ("sigmoid", () => nn.Sigmoid()));

    private static Sequential Convolutions(Func<int, nn.Module<Tensor, Tensor>>? norm, int seed, IReadOnlyList<int> channels, (int First, int Second) pools, WeightInit start, int inputs = 1)
    {
        var layers = new List<(string, nn.Module<Tensor, Tensor>)>();
        for (var (number, before) = (1, inputs); number <= channels.Count; before = channels[number++ - 1])
        {
            var count = channels[number - 1];
            layers.Add(($"conv{number}", nn.Conv2d(before, count, 3, padding: 1, bias: norm is null)));
            layers.AddRange(NormAndActivation(norm, count, number, ("relu", () => nn.ReLU())));
            if (number == pools.First || number == pools.Second)
                layers.Add(($"pool{(number == pools.First ? 1 : 2)}", nn.MaxPool2d(2)));
        }

        layers.Add(("average", nn.AdaptiveAvgPool2d(1)));
        layers.Add(("flatten", nn.Flatten()));
        layers.Add(("linear", nn.Linear(channels[^1], Classes)));
        return start.Initialized(layers, seed);
    }

    private static Sequential Perceptron(
        Func<int, nn.Module<Tensor, Tensor>>? norm, int seed, IReadOnlyList<int> widths, WeightInit start, int inputs, (string, Func<nn.Module<Tensor, Tensor>>) activation)
    {
        var layers = new List<(string, nn.Module<Tensor, Tensor>)> { ("flatten", nn.Flatten()) };
        foreach (var (width, index) in widths.Select((width, index) => (width, index)))
        {
            layers.Add(($"linear{index + 1}", nn.Linear(index == 0 ? inputs : widths[index - 1], width, hasBias: norm is null)));
            layers.AddRange(NormAndActivation(norm, width, index + 1, activation));
        }

        layers.Add(("linear", nn.Linear(widths[^1], Classes)));
        return start.Initialized(layers, seed);
    }

    private static IEnumerable<(string, nn.Module<Tensor, Tensor>)> NormAndActivation(
        Func<int, nn.Module<Tensor, Tensor>>? norm, int channels, int number, (string Name, Func<nn.Module<Tensor, Tensor>> Make) activation)
    {
        if (norm is not null)
            yield return ($"norm{number}", norm(channels));
        yield return ($"{activation.Name}{number}", activation.Make());
    }
}
