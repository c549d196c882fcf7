using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Every normalization as operations of torch, on any device and for any strides: the reference for the fused kernels, and what stands in where there are none.</summary>
internal static class Composed
{
    /// <summary>y = γ (x − μ)/√(σ² + ε) + β with the moments of x.</summary>
    public static Tensor Apply(Tensor x, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps, out Moments moments)
    {
        moments = Moments.Of(Precision.Widen(x), axes, out var deviations);
        return Affine(Standardize(deviations, moments.Variance, eps), gamma, beta, featureAxes).to(x.dtype);
    }

    /// <summary>The same with moments from elsewhere.</summary>
    public static Tensor Apply(Tensor x, Moments moments, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps)
    {
        var wide = Precision.Widen(x);
        var xhat = Standardize(wide - moments.Mean.to(wide.dtype), moments.Variance.to(wide.dtype), eps);
        return Affine(xhat, gamma, beta, featureAxes).to(x.dtype);
    }

    /// <summary>y = γ x/√(1/m Σ x² + ε).</summary>
    public static Tensor ApplyRms(Tensor x, long[] axes, Tensor? gamma, long[] featureAxes, double eps)
    {
        var meanSquare = ScaledMeanSquare(Precision.Widen(x), axes, eps, out var scaled, out _);
        if (eps == 0) RequireMeanSquare(meanSquare);
        return Affine(scaled * meanSquare.rsqrt(), gamma, null, featureAxes).to(x.dtype);
    }

    /// <summary>y = γ x̂ + β.</summary>
    public static Tensor Affine(Tensor xhat, Tensor? gamma, Tensor? beta, long[] featureAxes)
    {
        var y = xhat;
        if (gamma is not null) y = y * Along(featureAxes, gamma, nameof(gamma), xhat);
        if (beta is not null) y = y + Along(featureAxes, beta, nameof(beta), xhat);
        return y;
    }

    /// <summary>γ or β in the shape in which it meets x̂.</summary>
    public static Tensor Along(long[] axes, Tensor parameter, string name, Tensor xhat)
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

    /// <summary>(1/m Σ x² + ε)/s² with a scale s at which nothing overflows.</summary>
    // With s at least max |x| and √ε nothing exceeds 1: (1/m Σ xᵢ² + ε)/s² = 1/m Σ (xᵢ/s)² + (√ε/s)².
    public static Tensor ScaledMeanSquare(Tensor x, long[] axes, double eps, out Tensor scaled, out Tensor scale)
    {
        var root = Math.Sqrt(eps);
        scale = Scale.Of(x, axes, atLeast: root);
        scaled = x / scale;
        return scaled.square().mean(axes, keepdim: true) + (full_like(scale, root) / scale).square();
    }

    private static void RequireMeanSquare(Tensor meanSquare)
    {
        var zeros = (meanSquare == 0).sum().item<long>();
        if (zeros > 0)
            throw new ArgumentException(
                $"all elements are 0 in {zeros} of {meanSquare.numel()} groups, and eps = 0 divides by the root of their mean square. Give eps > 0, e.g. 1e-6.", nameof(meanSquare));
    }
}
