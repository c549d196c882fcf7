using static TorchSharp.torch;

namespace NormLab.Noise;

/// <summary>Dropout that draws from a generator of its own, so that runs side by side do not disturb each other: y = x·keep/(1−p), keep = 1 with probability 1−p.</summary>
/// <remarks>Srivastava et al. 2014, Journal of Machine Learning Research 15, in the scaled form that leaves evaluation alone.</remarks>
public sealed class Dropping : nn.Module<Tensor, Tensor>
{
    private readonly double probability;
    private readonly Generator generator;

    /// <summary>The layer.</summary>
    /// <param name="probability">p, the share that is dropped, 0 ≤ p &lt; 1.</param>
    /// <param name="generator">The source of the draws, on the CPU; layers of a network share one.</param>
    public Dropping(double probability, Generator generator)
        : base(nameof(Dropping))
    {
        if (probability is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "The share that is dropped is at least 0 and below 1.");
        ArgumentNullException.ThrowIfNull(generator);
        (this.probability, this.generator) = (probability, generator);
    }

    /// <summary>Drops in training, and does nothing in evaluation.</summary>
    /// <param name="x">Any shape.</param>
    public override Tensor forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!training)
            return x.alias();
        using var scope = NewDisposeScope();
        var keep = rand(x.shape, generator: generator).ge(probability).to(x.dtype, x.device);
        return (x * keep / (1 - probability)).MoveToOuterDisposeScope();
    }
}
