using System.Numerics;
using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>The coefficients of y = γ r (x − μ) + β with r = 1/√(σ² + ε), written with the rounded mean: μ = M + rest. First as the formula says it, then with vectors.</summary>
internal static unsafe class ForwardCoefficients<T>
    where T : unmanaged
{
    /// <summary>Those of n units that share a mean and a variance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Of(double mean, double variance, double eps, T* gamma, T* beta, nint n, Coefficients<T> at)
    {
        var rstd = 1 / Math.Sqrt(variance + eps);
        var rounded = Lanes.Narrow<T>(mean);
        var rest = mean - Lanes.Widen(rounded);
        for (nint unit = 0; unit < n; unit++)
        {
            var g = gamma == null ? 1 : Lanes.Widen(gamma[unit]);
            var b = beta == null ? 0 : Lanes.Widen(beta[unit]);
            at.M[unit] = rounded;
            at.A[unit] = Lanes.Narrow<T>(g * rstd);
            at.B[unit] = Lanes.Narrow<T>(b - g * rstd * rest);
        }
    }

    /// <summary>Those of n sets with one unit each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfEach(double* mean, double* variance, double eps, T* gamma, T* beta, nint n, Coefficients<T> at)
    {
        nint i = 0;
        if (typeof(T) == typeof(float) && Vector.IsHardwareAccelerated)
            for (; i + Wide.Count <= n; i += Wide.Count)
            {
                var mu = Wide.Load(mean + i);
                var rstd = new Wide(1) / Wide.Sqrt(Wide.Load(variance + i) + new Wide(eps));
                var rounded = mu.Narrow();
                var rest = mu - Wide.Of(rounded);
                var g = gamma == null ? new Wide(1) : Wide.Load((float*)gamma + i);
                var b = beta == null ? new Wide(0) : Wide.Load((float*)beta + i);
                rounded.Store((float*)at.M + i);
                (g * rstd).Narrow().Store((float*)at.A + i);
                (b - g * rstd * rest).Narrow().Store((float*)at.B + i);
            }
        for (; i < n; i++)
            Of(mean[i], variance[i], eps, gamma == null ? null : gamma + i, beta == null ? null : beta + i, 1, at + i);
    }
}
