using NormLab.Data;
using static TorchSharp.torch;

namespace NormLab.Traps;

/// <summary>Tabular data whose features have different units: x_i = s_i z_i with z standard normal, and labels that depend on z alone, on all features alike.</summary>
public static class ScaledFeatures
{
    private const int Classes = 10;

    /// <summary>Rows whose label is the largest of ten random linear functions of z, so that a linear model of standardized features can know all of them.</summary>
    /// <param name="seed">The seed of z and of the linear functions.</param>
    /// <param name="count">N.</param>
    /// <param name="scales">s, positive; D of them.</param>
    /// <returns>x of (N, D) in float32 and labels (N).</returns>
    public static ImageSet Data(int seed, int count, IReadOnlyList<double> scales)
    {
        ArgumentNullException.ThrowIfNull(scales);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var teacher = randn([scales.Count, Classes], ScalarType.Float64, generator: generator); // (D, K)
        var z = randn([count, scales.Count], ScalarType.Float64, generator: generator); // (N, D)
        var x = z * tensor(scales.ToArray());
        return new(x.to(ScalarType.Float32).MoveToOuterDisposeScope(), z.matmul(teacher).argmax(1).MoveToOuterDisposeScope());
    }

    /// <summary>
    /// How many features a random weight sees: (Σ v_i)²/Σ v_i² with v_i the second moment of feature i, the share that it has of the variance of
    /// Σ w_i x_i. D when all are alike, 1 when one drowns the others.
    /// </summary>
    /// <param name="x">(N, D).</param>
    public static double EffectiveCount(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = NewDisposeScope();
        var moments = x.to(ScalarType.Float64).square().mean([0L]).Numbers();
        return Math.Pow(moments.Sum(), 2) / moments.Sum(moment => moment * moment);
    }
}
