using System.Numerics;
using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>The coefficients of dx from the sums of a backward pass. First as the formula says it, then with vectors.</summary>
/// <remarks>With g = γ dy: dx = r (g − 1/m Σ g − x̂ 1/m Σ g x̂), where x̂ = r (x − M) − r rest and μ = M + rest.</remarks>
/// <param name="eps">ε.</param>
/// <param name="count">m.</param>
/// <param name="meanMoves">Whether μ depends on x.</param>
/// <param name="varianceMoves">Whether σ² depends on x.</param>
internal unsafe readonly struct BackwardCoefficients<T>(double eps, double count, bool meanMoves, bool varianceMoves)
    where T : unmanaged
{
    /// <summary>Those of n units that share a mean and a variance; Σ dy (x − M) becomes Σ dy x̂.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Of(double mean, double variance, T* gamma, nint n, UnitSums sums, Coefficients<T> at)
    {
        var rstd = 1 / Math.Sqrt(variance + eps);
        var rest = mean - Lanes.Widen(Lanes.Narrow<T>(mean));
        double sumG = 0, sumGXhat = 0;
        for (nint unit = 0; unit < n; unit++)
        {
            sums.DyXhat[unit] = (sums.DyXhat[unit] - rest * sums.Dy[unit]) * rstd;
            sumG += OneOr(gamma, unit) * sums.Dy[unit];
            sumGXhat += OneOr(gamma, unit) * sums.DyXhat[unit];
        }
        var meanTerm = meanMoves ? -rstd * sumG / count : 0;
        var varianceTerm = varianceMoves ? -rstd * sumGXhat / count : 0;
        for (nint unit = 0; unit < n; unit++)
        {
            at.A[unit] = Lanes.Narrow<T>(rstd * OneOr(gamma, unit));
            at.R[unit] = Lanes.Narrow<T>(rstd);
            at.B[unit] = Lanes.Narrow<T>(varianceTerm);
            at.C[unit] = Lanes.Narrow<T>(meanTerm - varianceTerm * rstd * rest);
        }
    }

    /// <summary>Those of n sets with one unit each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void OfEach(double* mean, double* variance, T* gamma, nint n, UnitSums sums, Coefficients<T> at)
    {
        nint i = 0;
        if (typeof(T) == typeof(float) && Vector.IsHardwareAccelerated)
            for (; i + Wide.Count <= n; i += Wide.Count)
            {
                Wide mu = Wide.Load(mean + i), dy = Wide.Load(sums.Dy + i);
                var rstd = new Wide(1) / Wide.Sqrt(Wide.Load(variance + i) + new Wide(eps));
                var rest = mu - Wide.Of(mu.Narrow());
                var dyXhat = (Wide.Load(sums.DyXhat + i) - rest * dy) * rstd;
                var g = gamma == null ? new Wide(1) : Wide.Load((float*)gamma + i);
                var meanTerm = meanMoves ? new Wide(-1) * rstd * (g * dy) / new Wide(count) : new Wide(0);
                var varianceTerm = varianceMoves ? new Wide(-1) * rstd * (g * dyXhat) / new Wide(count) : new Wide(0);
                dyXhat.Store(sums.DyXhat + i);
                (rstd * g).Narrow().Store((float*)at.A + i);
                rstd.Narrow().Store((float*)at.R + i);
                varianceTerm.Narrow().Store((float*)at.B + i);
                (meanTerm - varianceTerm * rstd * rest).Narrow().Store((float*)at.C + i);
            }
        for (; i < n; i++) Of(mean[i], variance[i], gamma == null ? null : gamma + i, 1, sums + i, at + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double OneOr(T* gamma, nint unit) => gamma == null ? 1 : Lanes.Widen(gamma[unit]);
}
