using NormCore.Checks;
using NormCore.Kernels;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Normalization as pure functions, differentiable as often as one likes.</summary>
/// <remarks>
/// Every normalizer is x̂ᵢ = (xᵢ − μ)/√(σ² + ε) followed by y = γ x̂ + β, with μ and σ² over the set of elements that share statistics
/// with xᵢ. The sets are given by axes of x, apart from the axes on which γ and β live.
/// </remarks>
public static partial class Normalization
{
    /// <summary>x̂ = (x − μ)/√(σ² + ε) with the moments of x over some axes.</summary>
    /// <param name="x">(*), floating point.</param>
    /// <param name="axes">The axes that share statistics: all but 1 for batch norm of (N, C, *), the last ones for layer norm.</param>
    /// <param name="eps">ε ≥ 0, in units of x squared. With 0 every variance is looked at, which makes a GPU wait.</param>
    /// <returns>The shape and type of x.</returns>
    /// <exception cref="ArgumentException">Axes that x does not have, an integer type, a negative ε, or ε = 0 where a variance is 0.</exception>
    public static Tensor Normalize(Tensor x, long[] axes, double eps = 1e-5)
    {
        TensorCheck.IsFloating(x, nameof(x));
        HyperparameterCheck.Eps(eps);
        using var scope = NewDisposeScope();
        return Apply(x, Axes.Of(x, axes), null, null, [], eps).MoveToOuterDisposeScope();
    }

    /// <summary>x̂ = (x − μ)/√(σ² + ε) with moments from elsewhere: running statistics, or several devices' together.</summary>
    /// <param name="x">(*), floating point.</param>
    /// <param name="moments">Mean and variance of as many axes as x, each 1 or as long as in x.</param>
    /// <param name="eps">ε ≥ 0, in units of x squared.</param>
    /// <returns>The shape and type of x.</returns>
    /// <exception cref="ArgumentException">Moments that do not fit x, an integer type, a negative ε, or ε = 0 where a variance is 0.</exception>
    public static Tensor Normalize(Tensor x, Moments moments, double eps = 1e-5)
    {
        TensorCheck.IsFloating(x, nameof(x));
        HyperparameterCheck.Eps(eps);
        ArgumentNullException.ThrowIfNull(moments);
        RequireBroadcast(moments.Mean, "mean", x);
        RequireBroadcast(moments.Variance, "variance", x);
        using var scope = NewDisposeScope();
        return Apply(x, moments, null, null, [], eps).MoveToOuterDisposeScope();
    }

    /// <summary>y = γ x̂ + β; without γ or β that step is left out.</summary>
    /// <param name="xhat">(*), floating point.</param>
    /// <param name="gamma">γ, as long as <paramref name="xhat"/> on each feature axis, or null.</param>
    /// <param name="beta">β, in the shape of γ, or null.</param>
    /// <param name="featureAxes">The axes of <paramref name="xhat"/> on which γ and β live, in their order: 1 for batch norm of (N, C, *).</param>
    /// <returns>The shape and type of <paramref name="xhat"/>; a new tensor.</returns>
    /// <exception cref="ArgumentException">γ or β does not have the lengths of the feature axes.</exception>
    public static Tensor Affine(Tensor xhat, Tensor? gamma, Tensor? beta, params long[] featureAxes)
    {
        TensorCheck.IsFloating(xhat, nameof(xhat));
        var axes = Axes.Of(xhat, featureAxes);
        using var scope = NewDisposeScope();
        return Composed.Affine(xhat.alias(), gamma, beta, axes).MoveToOuterDisposeScope();
    }

    /// <summary>The whole operation of every layer: x̂ with the moments of x over some axes, then γ x̂ + β; computed in the type of the statistics.</summary>
    /// <remarks>
    /// By the fused kernels where there are some for this x, else by operations of torch. The caller has checked x, γ and β, holds a
    /// dispose scope, and takes the moments for constants.
    /// </remarks>
    internal static Tensor Apply(Tensor x, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps, out Moments moments) =>
        FusedPath.Apply(x, axes, gamma, beta, featureAxes, eps, out moments!) ?? Composed.Apply(x, axes, gamma, beta, featureAxes, eps, out moments);

    /// <summary>The same for those who need no moments.</summary>
    internal static Tensor Apply(Tensor x, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps) =>
        FusedPath.Apply(x, axes, gamma, beta, featureAxes, eps) ?? Composed.Apply(x, axes, gamma, beta, featureAxes, eps, out _);

    /// <summary>The same on x seen in another shape, with γ and β on axes of that; the result has the shape of x.</summary>
    internal static Tensor Apply(Tensor x, long[] seen, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps)
    {
        if (FusedPath.Apply(x, seen, axes, gamma, beta, featureAxes, eps) is { } y) return y;
        long[] lengths = [.. featureAxes.Select(axis => seen[axis])];
        return Apply(x.reshape(seen), axes, gamma?.view(lengths), beta?.view(lengths), featureAxes, eps).view(x.shape);
    }

    /// <summary>The same with moments from elsewhere, through which gradients flow if they require any.</summary>
    internal static Tensor Apply(Tensor x, Moments moments, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps) =>
        FusedPath.Apply(x, moments, gamma, beta, featureAxes, eps) ?? Composed.Apply(x, moments, gamma, beta, featureAxes, eps);

    private static void RequireBroadcast(Tensor statistic, string name, Tensor x)
    {
        TensorCheck.IsBeside(x, statistic, name);
        var shape = statistic.shape;
        var fits = shape.Length == x.dim() && shape.Zip(x.shape).All(pair => pair.First == 1 || pair.First == pair.Second);
        if (!fits)
            throw new ArgumentException(
                $"the {name} has shape {TensorCheck.Text(shape)} and x {TensorCheck.Text(x.shape)}; as many axes are needed, each 1 or as long as in x.", nameof(x));
    }
}
