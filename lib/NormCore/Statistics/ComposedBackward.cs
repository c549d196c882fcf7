using NormCore.Kernels;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>The backward pass of a normalization as operations of torch, for when it is differentiated itself.</summary>
internal static class ComposedBackward
{
    /// <summary>dx, dγ and dβ, each null where it is not wanted.</summary>
    /// <remarks>With r = 1/√(σ² + ε) and g = γ dy: dx = r (g − 1/m Σ g − x̂ 1/m Σ g x̂), dγ = Σ dy x̂, dβ = Σ dy. Without centering the first mean is absent, with given statistics both are. A ReLU lets dy through where y > 0.</remarks>
    public static (Tensor? X, Tensor? Gamma, Tensor? Beta) Gradients(
        NormCall call, Tensor dy, Tensor x, Tensor? gamma, Tensor? beta, Moments? given, (bool X, bool Gamma, bool Beta) wanted)
    {
        dy = Precision.Widen(dy);
        var (xhat, rstd) = Standardized(call, Precision.Widen(x), given);
        if (call.HasRelu) dy = dy.masked_fill(Composed.Affine(xhat, gamma, beta, call.FeatureAxes) <= 0, 0);
        var dx = wanted.X ? rstd * Inner(call, dy, xhat, gamma) : null;
        var dgamma = wanted.Gamma ? OverFeatures(call, dy * xhat) : null;
        var dbeta = wanted.Beta ? OverFeatures(call, dy) : null;
        return (dx?.to(x.dtype), dgamma, dbeta);
    }

    private static Tensor Inner(NormCall call, Tensor dy, Tensor xhat, Tensor? gamma)
    {
        var g = gamma is null ? dy : dy * Composed.Along(call.FeatureAxes, gamma, nameof(gamma), xhat);
        if (call.IsGiven) return g;
        var inner = g - xhat * (g * xhat).mean(call.Axes, keepdim: true);
        return call.IsCentered ? inner - g.mean(call.Axes, keepdim: true) : inner;
    }

    private static (Tensor Xhat, Tensor Rstd) Standardized(NormCall call, Tensor x, Moments? given)
    {
        if (given is not null)
        {
            var constant = (given.Variance + call.Eps).rsqrt();
            return ((x - given.Mean) * constant, constant);
        }
        if (!call.IsCentered)
        {
            var inverse = Composed.ScaledMeanSquare(x, call.Axes, call.Eps, out var scaled, out var scale).rsqrt();
            return (scaled * inverse, inverse / scale);
        }
        var rstd = (Moments.Of(x, call.Axes, out var deviations).Variance + call.Eps).rsqrt();
        return (deviations * rstd, rstd);
    }

    // The sum over all other axes; over no axis torch would sum over all.
    private static Tensor OverFeatures(NormCall call, Tensor products)
    {
        long[] others = [.. Enumerable.Range(0, call.Shape.Length).Select(axis => (long)axis).Where(axis => !call.FeatureAxes.Contains(axis))];
        return others.Length == 0 ? products : products.sum(others);
    }
}
