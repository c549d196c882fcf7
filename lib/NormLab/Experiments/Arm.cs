using NormLab.Models;
using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Experiments;

/// <summary>One of the things that an experiment compares.</summary>
/// <param name="Name">Its name; it starts with the method's, which decides its colour: "batch norm, He".</param>
/// <param name="Network">Makes the network on the CPU from a seed; arms that draw the same weights for the same seed are paired.</param>
public sealed record Arm(string Name, Func<int, nn.Module<Tensor, Tensor>> Network)
{
    /// <summary>What this arm changes about the shared options, such as weight decay. Learning rate and seed are the experiment's.</summary>
    public Func<TrainingOptions, TrainingOptions> Configure { get; init; } = options => options;

    /// <summary>One arm per normalizer, under its name.</summary>
    /// <param name="normalizers">The methods to compare, for example some of <see cref="Normalizers"/>.</param>
    /// <param name="network">Makes a network from the layer factory (null for none) and the seed: <c>(norm, seed) => Networks.Cnn(norm, seed)</c>.</param>
    public static Arm[] Of(IEnumerable<Normalizer> normalizers, Func<Func<int, nn.Module<Tensor, Tensor>>?, int, nn.Module<Tensor, Tensor>> network)
    {
        ArgumentNullException.ThrowIfNull(normalizers);
        ArgumentNullException.ThrowIfNull(network);
        return [.. normalizers.Select(normalizer => new Arm(normalizer.Name, seed => network(normalizer.Layer, seed)))];
    }
}
