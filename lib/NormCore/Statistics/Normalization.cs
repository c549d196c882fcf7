using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Normalization as pure functions of torch operations; differentiable as often as one likes.</summary>
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
        var xhat = Normalize(Precision.Widen(x), Axes.Of(x, axes), eps, out _);
        return xhat.to(x.dtype).MoveToOuterDisposeScope();
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
        var wide = Precision.Widen(x);
        var xhat = Standardize(wide - moments.Mean.to(wide.dtype), moments.Variance.to(wide.dtype), eps);
        return xhat.to(x.dtype).MoveToOuterDisposeScope();
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
        var y = xhat.alias();
        if (gamma is not null) y = y * Along(axes, gamma, nameof(gamma), xhat);
        if (beta is not null) y = y + Along(axes, beta, nameof(beta), xhat);
        return y.MoveToOuterDisposeScope();
    }

    /// <summary>The whole operation of every layer: x̂ with the moments of x over some axes, then γ x̂ + β; computed in the type of the statistics.</summary>
    /// <remarks>The caller has checked x, γ and β, and holds a dispose scope.</remarks>
    internal static Tensor Apply(Tensor x, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps, out Moments moments)
    {
        var xhat = Normalize(Precision.Widen(x), axes, eps, out moments);
        return Affine(xhat, gamma, beta, featureAxes).to(x.dtype);
    }

    /// <summary>The same with moments from elsewhere.</summary>
    internal static Tensor Apply(Tensor x, Moments moments, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps) =>
        Affine(Normalize(Precision.Widen(x), moments, eps), gamma, beta, featureAxes).to(x.dtype);

    private static Tensor Normalize(Tensor x, long[] axes, double eps, out Moments moments)
    {
        moments = Moments.Of(x, axes, out var deviations);
        return Standardize(deviations, moments.Variance, eps);
    }

    private static Tensor Standardize(Tensor deviations, Tensor variance, double eps)
    {
        if (eps == 0) RequireVariance(variance);
        return deviations * (variance + eps).rsqrt();
    }

    private static void RequireVariance(Tensor variance)
    {
        var constant = (variance == 0).sum().item<long>();
        if (constant > 0)
            throw new ArgumentException(
                $"the variance is 0 in {constant} of {variance.numel()} channels or groups, and eps = 0 divides by its root. Give eps > 0, e.g. 1e-5.", nameof(variance));
    }

    private static Tensor Along(long[] axes, Tensor parameter, string name, Tensor xhat)
    {
        TensorCheck.IsBeside(xhat, parameter, name);
        var shape = xhat.shape;
        var expected = axes.Select(axis => shape[axis]).ToArray();
        if (!parameter.shape.SequenceEqual(expected))
            throw new ArgumentException(
                $"{name} has shape {TensorCheck.Text(parameter.shape)}; {TensorCheck.Text(expected)} is needed, the lengths of axes {TensorCheck.Text(axes)} of x̂, shape {TensorCheck.Text(shape)}.", name);
        var view = new long[shape.Length];
        Array.Fill(view, 1);
        foreach (var axis in axes) view[axis] = shape[axis];
        return parameter.to(xhat.dtype).view(view); // (C) → (1, C, 1, …)
    }

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
