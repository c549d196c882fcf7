using NormCore;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace NormLab.Noise;

/// <summary>
/// Batch norm of the whole batch of N, plus the noise that statistics of parts of V samples would have: x̃ = (x̂ − a)/b for each part and
/// channel, a ~ N(0, 1/V − 1/N) and b² ~ χ²(V−1)/V · N/(N−1), drawn independently of the samples.
/// </summary>
/// <remarks>
/// The law of mean and variance of V Gaussian samples, relative to those of the batch they are from. What ghost batch norm has beside
/// this is that a sample is part of its own statistics. In evaluation it is batch norm.
/// </remarks>
public sealed class MatchedNoiseBatchNorm : nn.Module<Tensor, Tensor>
{
    private readonly BatchNorm norm;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly int partSize;
    private readonly Generator generator;

    /// <summary>A layer with γ = 1 and β = 0.</summary>
    /// <param name="channels">C.</param>
    /// <param name="partSize">V ≥ 4, which divides the batches of training.</param>
    /// <param name="generator">The source of the noise, on the CPU; layers of a network share one.</param>
    public MatchedNoiseBatchNorm(int channels, int partSize, Generator generator)
        : base(nameof(MatchedNoiseBatchNorm))
    {
        if (partSize < 4)
            throw new ArgumentOutOfRangeException(nameof(partSize), partSize, "E[1/b²] = V/(V−3) exists for V of at least 4 only.");
        ArgumentNullException.ThrowIfNull(generator);
        (this.partSize, this.generator) = (partSize, generator);
        norm = new BatchNorm(channels, affine: false);
        (weight, bias) = (new Parameter(ones(channels)), new Parameter(zeros(channels)));
        RegisterComponents();
    }

    /// <summary>Normalizes, and in training adds the noise.</summary>
    /// <param name="x">(N, C).</param>
    public override Tensor forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var samples = x.shape[0];
        if (training && (x.dim() != 2 || samples % partSize != 0))
            throw new ArgumentException($"Noise of parts of {partSize} needs (N, C) with N a multiple of it; x has shape ({string.Join(", ", x.shape)}).", nameof(x));

        using var scope = NewDisposeScope();
        var xhat = norm.call(x);
        return (weight * (training ? Noisy(xhat, samples / partSize) : xhat) + bias).MoveToOuterDisposeScope();
    }

    private Tensor Noisy(Tensor xhat, long parts)
    {
        var (samples, channels) = (xhat.shape[0], xhat.shape[1]);
        using var noise = randn(parts, partSize, channels, generator: generator).to(xhat.device);
        var shift = noise.narrow(1, 0, 1) * Math.Sqrt(1.0 / partSize - 1.0 / samples);                              // (K, 1, C)
        var square = noise.narrow(1, 1, partSize - 1).square().sum([1], keepdim: true) * (samples / (samples - 1.0) / partSize); // (K, 1, C)
        return ((xhat.view(parts, partSize, channels) - shift) * square.rsqrt()).view(samples, channels);
    }
}
