using NormCore.Checks;
using NormCore.Kernels;
using static TorchSharp.torch;

namespace NormCore;

// Normalization without a mean: the set that shares statistics gives one number, its root mean square.
public static partial class Normalization
{
    /// <summary>√(1/m Σ xᵢ² + ε) of the elements that share statistics, finite wherever the exact result is.</summary>
    /// <param name="x">(*), floating point.</param>
    /// <param name="axes">The axes that share statistics; negative ones count from the end.</param>
    /// <param name="eps">ε ≥ 0, in units of x squared.</param>
    /// <returns>The shape of x with those axes as 1; float32 for half types.</returns>
    /// <exception cref="ArgumentException">Axes that x does not have, an integer type, or a negative ε.</exception>
    public static Tensor RootMeanSquare(Tensor x, long[] axes, double eps = 0)
    {
        TensorCheck.IsFloating(x, nameof(x));
        HyperparameterCheck.Eps(eps);
        using var scope = NewDisposeScope();
        var meanSquare = Composed.ScaledMeanSquare(Precision.Widen(x), Axes.Of(x, axes), eps, out _, out var scale);
        return (scale * meanSquare.sqrt()).MoveToOuterDisposeScope();
    }

    /// <summary>x̂ = x/√(1/m Σ xᵢ² + ε): normalization that divides without subtracting a mean.</summary>
    /// <param name="x">(*), floating point.</param>
    /// <param name="axes">The axes that share statistics: the last ones for RMS norm.</param>
    /// <param name="eps">ε ≥ 0, in units of x squared. With 0 every mean square is looked at, which makes a GPU wait.</param>
    /// <returns>The shape and type of x.</returns>
    /// <exception cref="ArgumentException">Axes that x does not have, an integer type, a negative ε, or ε = 0 where all x are 0.</exception>
    public static Tensor NormalizeRms(Tensor x, long[] axes, double eps = 1e-6)
    {
        TensorCheck.IsFloating(x, nameof(x));
        HyperparameterCheck.Eps(eps);
        using var scope = NewDisposeScope();
        var fromFront = Axes.Of(x, axes);
        return ApplyRms(x, fromFront, null, fromFront, eps).MoveToOuterDisposeScope();
    }

    /// <summary>The whole operation of RMS norm: x̂ over some axes, then γ x̂; computed in the type of the statistics.</summary>
    /// <remarks>The caller has checked x and γ, and holds a dispose scope.</remarks>
    internal static Tensor ApplyRms(Tensor x, long[] axes, Tensor? gamma, long[] featureAxes, double eps) =>
        FusedPath.ApplyRms(x, axes, gamma, featureAxes, eps) ?? Composed.ApplyRms(x, axes, gamma, featureAxes, eps);
}
