using System.Numerics;
using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>The sums of the backward pass over rows: along each row Σ g and Σ g x̂ with g = γ dy, and down the rows dγ += dy x̂ and dβ += dy.</summary>
internal static unsafe class RowSums<E, T>
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    private static nint W => Vector<T>.Count;

    /// <summary>Of one row, as the formulas say it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double G, double GXhat) Gradients(E* dy, E* x, nint n, RowScalars<T> of, T* gamma, T* dgamma, T* dbeta)
    {
        double sumG = 0, sumGXhat = 0;
        for (nint i = 0; i < n; i++)
        {
            var xhat = (E.Read(x + i) - Lanes.Widen(of.M)) * Lanes.Widen(of.R) + Lanes.Widen(of.Xhat0);
            var g = Lanes.Widen(gamma[i]) * E.Read(dy + i);
            sumG += g;
            sumGXhat += g * xhat;
            dgamma[i] = Lanes.Narrow<T>(Lanes.Widen(dgamma[i]) + E.Read(dy + i) * xhat);
            dbeta[i] = Lanes.Narrow<T>(Lanes.Widen(dbeta[i]) + E.Read(dy + i));
        }
        return (sumG, sumGXhat);
    }

    /// <summary>Of one row or of four, <paramref name="stride"/> apart, which load and store dγ and dβ once; the sums along each row are added to what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradients(E* dy, E* x, nint rows, nint n, nint stride, RowScalars<T>* of, T* gamma, T* dgamma, T* dbeta, UnitSums sums)
    {
        Sums<T> sums0 = default, sums1 = default, sums2 = default, sums3 = default;
        Lane at0 = new(of[0]), at1 = new(of[rows / 4]), at2 = new(of[rows / 4 * 2]), at3 = new(of[rows / 4 * 3]);
        nint i = 0;
        if (Vector.IsHardwareAccelerated)
            for (; i + W <= n; i += W)
            {
                Vector<T> gammas = Vector.Load(gamma + i), dgammas = Vector.Load(dgamma + i), dbetas = Vector.Load(dbeta + i);
                Add(E.Load(dy + i), E.Load(x + i), at0, gammas, ref dgammas, ref dbetas, ref sums0);
                if (rows == 4)
                {
                    Add(E.Load(dy + stride + i), E.Load(x + stride + i), at1, gammas, ref dgammas, ref dbetas, ref sums1);
                    Add(E.Load(dy + 2 * stride + i), E.Load(x + 2 * stride + i), at2, gammas, ref dgammas, ref dbetas, ref sums2);
                    Add(E.Load(dy + 3 * stride + i), E.Load(x + 3 * stride + i), at3, gammas, ref dgammas, ref dbetas, ref sums3);
                }
                dgammas.Store(dgamma + i);
                dbetas.Store(dbeta + i);
            }
        for (nint row = 0; row < rows; row++)
        {
            var (g, gXhat) = (row switch { 0 => sums0, 1 => sums1, 2 => sums2, _ => sums3 }).Total;
            var (restG, restGXhat) = i == n ? default : Gradients(dy + row * stride + i, x + row * stride + i, n - i, of[row], gamma + i, dgamma + i, dbeta + i);
            sums.Dy[row] += g + restG;
            sums.DyXhat[row] += gXhat + restGXhat;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector<T> dy, Vector<T> x, in Lane of, Vector<T> gamma, ref Vector<T> dgamma, ref Vector<T> dbeta, ref Sums<T> sums)
    {
        var xhat = Lanes.MultiplyAdd(x - of.M, of.R, of.Xhat0);
        var g = gamma * dy;
        sums.First += g;
        sums.Second = Lanes.MultiplyAdd(g, xhat, sums.Second);
        dgamma = Lanes.MultiplyAdd(dy, xhat, dgamma);
        dbeta += dy;
    }

    private readonly struct Lane(RowScalars<T> of)
    {
        public readonly Vector<T> M = new(of.M);
        public readonly Vector<T> R = new(of.R);
        public readonly Vector<T> Xhat0 = new(of.Xhat0);
    }
}
