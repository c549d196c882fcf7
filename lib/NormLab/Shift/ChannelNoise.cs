using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormLab.Shift;

/// <summary>The unit of the shifts of <see cref="ChannelNoise"/>.</summary>
public enum NoiseUnit
{
    /// <summary>One: the same shift whatever the scale of the activations.</summary>
    Absolute,

    /// <summary>The standard deviation of the channel in the batch.</summary>
    Deviation,
}

/// <summary>
/// Makes the distribution of every channel unstable on purpose: in training a ← s·a + m with random s and m, which change at every step; in
/// evaluation a ← a.
/// </summary>
/// <remarks>
/// Santurkar et al. 2018, arXiv:1805.11604v5, appendix A.2.1: per step and channel μ ~ U(−0.5, 0.5) and σ ~ U(1, 1.25); then per
/// sample and channel m ~ U(μ − 0.1, μ + 0.1) and s ~ N(σ, 0.1). The paper's unit of a convolution is read as the channel, which is what batch norm
/// normalizes. With <see cref="NoiseUnit.Deviation"/> m is multiplied by the channel's standard deviation, through which no gradient flows.
/// The noise of step t is a function of the seed and t alone; t is the buffer <c>step</c>.
/// </remarks>
public sealed class ChannelNoise : nn.Module<Tensor, Tensor>
{
    private readonly int seed;
    private readonly NoiseUnit unit;
    private readonly Tensor step;

    /// <param name="seed">The seed of the noise; layers of one network need different ones.</param>
    /// <param name="unit">The unit of the shifts.</param>
    public ChannelNoise(int seed, NoiseUnit unit = NoiseUnit.Absolute) : base(nameof(ChannelNoise))
    {
        (this.seed, this.unit) = (seed, unit);
        step = zeros(1, ScalarType.Int64).DetachFromDisposeScope();
        register_buffer("step", step);
    }

    /// <summary>The network with this noise after each of its layers of one kind, sharing its layers and parameters.</summary>
    /// <typeparam name="TLayer">The kind: BatchNorm for noisy batch norm, Conv2d for the same noise without batch norm.</typeparam>
    /// <param name="network">A network of layers in a row.</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <param name="unit">The unit of the shifts.</param>
    public static Sequential After<TLayer>(Sequential network, int seed, NoiseUnit unit = NoiseUnit.Absolute) where TLayer : nn.Module
    {
        ArgumentNullException.ThrowIfNull(network);
        var layers = new List<(string, nn.Module<Tensor, Tensor>)>();
        foreach (var (name, child) in network.named_children())
        {
            layers.Add((name, (nn.Module<Tensor, Tensor>)child));
            if (child is TLayer)
                layers.Add(($"{name}-noise", new ChannelNoise(unchecked(seed * 1_000 + layers.Count), unit)));
        }

        return nn.Sequential(layers);
    }

    /// <summary>Adds the noise of the next step.</summary>
    /// <param name="input">a, (N, C, *).</param>
    public override Tensor forward(Tensor input)
    {
        if (!training)
            return input.alias();
        using var scope = NewDisposeScope();
        long[] channel = [1, input.shape[1], .. input.shape.Skip(2).Select(_ => 1L)];
        long[] sample = [input.shape[0], .. channel.Skip(1)];
        using var generator = new Generator(unchecked((ulong)seed * 1_000_003 + (ulong)step.cpu().item<long>()));
        Tensor Uniform(long[] shape, double low, double high) => rand(shape, generator: generator) * (high - low) + low;
        var shift = Uniform(channel, -0.5, 0.5) + Uniform(sample, -0.1, 0.1); // (N, C, 1…)
        var scale = Uniform(channel, 1, 1.25) + 0.1 * randn(sample, generator: generator);
        step.add_(1);
        var by = unit == NoiseUnit.Absolute ? ones(channel) : Deviation(input, channel);
        return (input * scale.to(input) + (shift * by.to(shift)).to(input)).MoveToOuterDisposeScope();
    }

    private static Tensor Deviation(Tensor input, long[] shape) =>
        tensor(LayerMoments.Of("input", input).Deviation.ToArray()).view(shape);
}
