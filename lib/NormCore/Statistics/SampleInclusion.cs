using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>What batch norm makes of a sample in training, on average over the rest of its batch: less than evaluation makes of an extreme one.</summary>
/// <remarks>
/// In training a sample is part of its own statistics. With the population score z and m−1 independent mates, E[μ_B|z] = z/m and
/// E[σ_B²|z] = (m−1)/m² (z² + m−1); put into (z − μ_B)/σ_B they give x̂ = z/√(1 + z²/(m−1)), which is at most √(m−1), as in training.
/// Singh and Shrivastava 2019 (EvalNorm), arXiv:1904.06031v1, estimate statistics that include the sample, and Summers and Dinneen 2020
/// ("example weighing"), arXiv:1906.03548v1, weigh it by a factor they choose; this is the closed form with the weight 1/m.
/// It is a ratio of expectations. The expectation of the ratio is z + z (3 − 2z²)/(4m) for Gaussian mates, to first order in 1/m, against
/// z − z³/(2m) here: nearer than z itself for |z| > √3, not below.
/// </remarks>
public static class SampleInclusion
{
    /// <summary>x̂ = z/√(1 + z²/(m−1)).</summary>
    /// <param name="z">(*), floating point: x normalized by the statistics of the population.</param>
    /// <param name="batchSize">m > 1, the (effective) size of the batches of training; with ∞ it is z.</param>
    /// <returns>The shape and type of <paramref name="z"/>.</returns>
    /// <exception cref="ArgumentException">An integer type, or a batch size that is not above 1.</exception>
    public static Tensor Squash(Tensor z, double batchSize)
    {
        TensorCheck.IsFloating(z, nameof(z));
        RequireBatchSize(batchSize);
        using var scope = NewDisposeScope();
        var wide = Precision.Widen(z);
        return (wide * ((wide / Math.Sqrt(batchSize - 1)).square() + 1).rsqrt()).to(z.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>The same with m for each channel of z of (N, C, *), in the shape (1, C, 1, …). The caller has checked both.</summary>
    internal static Tensor Squash(Tensor z, Tensor batchSize) => z * ((z / (batchSize - 1).sqrt()).square() + 1).rsqrt();

    internal static void RequireBatchSize(double batchSize)
    {
        if (!(batchSize > 1))
            throw new ArgumentOutOfRangeException(
                nameof(batchSize), batchSize, "batchSize is the number of independent elements that shared statistics in training and must be above 1: normalized by itself alone, nothing of a sample is left.");
    }
}
