using System.Runtime.CompilerServices;
using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Mean and variance of the elements that share statistics: μ = 1/m Σ xᵢ, σ² = 1/m Σ (xᵢ − μ)².</summary>
/// <param name="Mean">μ, with the axes it was taken over kept as 1; for (N, C, *) over (N, *): (1, C, 1, …).</param>
/// <param name="Variance">σ², biased (divisor m), in the shape of <paramref name="Mean"/>.</param>
/// <param name="Count">m, how many elements share one mean.</param>
/// <remarks>
/// Both are differentiable functions of x, as often as one likes. Half types give float32 moments.
/// Never E[x²] − E[x]²: in float32, at mean 1000 and standard deviation 1, that has lost the variance.
/// </remarks>
public sealed record Moments(Tensor Mean, Tensor Variance, long Count) : IDisposable
{
    /// <summary>μ.</summary>
    public Tensor Mean { get; init; } = Checked(Mean, nameof(Mean));

    /// <summary>σ².</summary>
    public Tensor Variance { get; init; } = Fitting(Checked(Variance, nameof(Variance)), Mean);

    /// <summary>m.</summary>
    public long Count { get; init; } = Count >= 0
        ? Count
        : throw new ArgumentOutOfRangeException(nameof(Count), Count, "Count says how many elements share one mean and cannot be negative.");

    /// <summary>σ² m/(m−1), the unbiased variance; NaN or infinite for m = 1.</summary>
    public Tensor UnbiasedVariance => Variance * ((double)Count / (Count - 1));

    /// <summary>M₂ = Σ (xᵢ − μ)² = m σ².</summary>
    public Tensor SquaredDeviations => Variance * Count;

    /// <summary>The moments of x over some axes.</summary>
    /// <param name="x">(*), floating point.</param>
    /// <param name="axes">The axes that share statistics; negative ones count from the end.</param>
    /// <exception cref="ArgumentException">No axis, one out of range or twice, or x of an integer type.</exception>
    public static Moments Of(Tensor x, params long[] axes)
    {
        TensorCheck.IsFloating(x, nameof(x));
        using var scope = NewDisposeScope();
        return Of(Precision.Widen(x), Axes.Of(x, axes), out _).MoveToOuterScope();
    }

    /// <summary>The moments of two sets of elements taken together.</summary>
    /// <remarks>
    /// Chan, Golub and LeVeque 1983, "Algorithms for computing the sample variance", eq. 2.1: with δ = μ_b − μ_a and n = n_a + n_b,
    /// μ = μ_a + δ n_b/n and M₂ = M₂ₐ + M₂ᵦ + δ² n_a n_b/n.
    /// </remarks>
    /// <exception cref="ArgumentException">The two have different shapes.</exception>
    public Moments Merge(Moments other)
    {
        ArgumentNullException.ThrowIfNull(other);
        TensorCheck.IsFloating(Mean, nameof(Mean)); // They may have been disposed since.
        TensorCheck.IsBeside(Mean, other.Mean, nameof(other));
        if (!Mean.shape.SequenceEqual(other.Mean.shape))
            throw new ArgumentException(
                $"these moments have shape {TensorCheck.Text(Mean.shape)} and the others {TensorCheck.Text(other.Mean.shape)}; only moments over the same axes, with the same channels, can be merged.", nameof(other));
        using var scope = NewDisposeScope();
        double n = Count + other.Count;
        if (n == 0) return new Moments(Mean.clone(), Variance.clone(), 0).MoveToOuterScope();
        var delta = other.Mean - Mean;
        var mean = Mean + delta * (other.Count / n);
        var squared = SquaredDeviations + other.SquaredDeviations + delta.square() * (Count * (other.Count / n));
        return new Moments(mean, squared / n, Count + other.Count).MoveToOuterScope();
    }

    /// <summary>Whether it is the same object; values are compared by comparing the tensors.</summary>
    public bool Equals(Moments? other) => ReferenceEquals(this, other);

    /// <summary>A hash of the object's identity.</summary>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>Disposes both tensors.</summary>
    public void Dispose()
    {
        Mean.Dispose();
        Variance.Dispose();
    }

    /// <summary>The moments and, since they are made on the way, the deviations x − μ.</summary>
    /// <remarks>
    /// A mean rounded to x's type is off by up to |μ| ε, and so would be every deviation. Any constant near the mean removes the
    /// large part exactly, and what remains of the mean is small; being constant, it needs no gradient.
    /// </remarks>
    internal static Moments Of(Tensor x, long[] axes, out Tensor deviations)
    {
        var shape = x.shape;
        var shift = x.detach().mean(axes, keepdim: true);
        var shifted = x - shift;
        var remainder = shifted.mean(axes, keepdim: true);
        deviations = shifted - remainder;
        var variance = deviations.square().mean(axes, keepdim: true);
        // An infinite element makes the remainder ∞ − ∞, but the mean is still infinite.
        return new Moments(shift + remainder.nan_to_num(0), variance, axes.Aggregate(1L, (m, axis) => m * shape[axis]));
    }

    private static Tensor Checked(Tensor statistic, string name)
    {
        TensorCheck.IsFloating(statistic, name);
        return statistic;
    }

    private static Tensor Fitting(Tensor variance, Tensor mean)
    {
        TensorCheck.IsBeside(mean, variance, nameof(Variance));
        return variance.shape.SequenceEqual(mean.shape)
            ? variance
            : throw new ArgumentException($"the variance has shape {TensorCheck.Text(variance.shape)} and the mean {TensorCheck.Text(mean.shape)}; each mean belongs to one variance.", nameof(variance));
    }

    internal Moments MoveToOuterScope()
    {
        Mean.MoveToOuterDisposeScope();
        Variance.MoveToOuterDisposeScope();
        return this;
    }
}
