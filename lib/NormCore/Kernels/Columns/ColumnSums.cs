using System.Numerics;
using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>Sums down each of n neighbouring columns, whose elements lie <c>stride</c> apart, added to what is there. First as the formula says it, then with vectors.</summary>
internal static unsafe class ColumnSums<E, T>
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    /// <summary>How many rows at most are summed in T.</summary>
    public const nint Block = 512;

    private static nint W => Vector<T>.Count;

    /// <summary>Σ (x − shift) and Σ (x − shift)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Column(E* x, nint rows, nint stride, T shift, T* first, T* second)
    {
        double s = 0, q = 0;
        for (nint row = 0; row < rows; row++)
        {
            var deviation = E.Read(x + row * stride) - Lanes.Widen(shift);
            s += deviation;
            q += deviation * deviation;
        }
        *first = Lanes.Narrow<T>(Lanes.Widen(*first) + s);
        *second = Lanes.Narrow<T>(Lanes.Widen(*second) + q);
    }

    /// <summary>Σ dy and Σ dy (x − mean).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Column(E* dy, E* x, nint rows, nint stride, T mean, T* first, T* second)
    {
        double s = 0, q = 0;
        for (nint row = 0; row < rows; row++)
        {
            s += E.Read(dy + row * stride);
            q += E.Read(dy + row * stride) * (E.Read(x + row * stride) - Lanes.Widen(mean));
        }
        *first = Lanes.Narrow<T>(Lanes.Widen(*first) + s);
        *second = Lanes.Narrow<T>(Lanes.Widen(*second) + q);
    }

    /// <summary>Σ (x − shift) and Σ (x − shift)², four rows at a time to load and store the sums less often.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Deviations(E* x, nint rows, nint n, nint stride, T* shift, T* first, T* second)
    {
        nint vectors = Vector.IsHardwareAccelerated ? n / W * W : 0, ahead = ColumnAhead.Of(n, stride);
        nint row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            E* x0 = x + row * stride, x1 = x0 + stride, x2 = x1 + stride, x3 = x2 + stride;
            for (nint j = 0; j < vectors; j += W)
            {
                ColumnAhead.Ask<E, T>(x0, j, ahead);
                var c = Vector.Load(shift + j);
                var d0 = E.Load(x0 + j) - c;
                var d1 = E.Load(x1 + j) - c;
                var d2 = E.Load(x2 + j) - c;
                var d3 = E.Load(x3 + j) - c;
                (Vector.Load(first + j) + (d0 + d1 + (d2 + d3))).Store(first + j);
                var q01 = Lanes.MultiplyAdd(d1, d1, d0 * d0);
                var q23 = Lanes.MultiplyAdd(d3, d3, d2 * d2);
                (Vector.Load(second + j) + (q01 + q23)).Store(second + j);
            }
        }
        for (; row < rows; row++)
            for (nint j = 0; j < vectors; j += W)
            {
                var d = E.Load(x + row * stride + j) - Vector.Load(shift + j);
                (Vector.Load(first + j) + d).Store(first + j);
                Lanes.MultiplyAdd(d, d, Vector.Load(second + j)).Store(second + j);
            }
        for (var j = vectors; j < n; j++) Column(x + j, rows, stride, shift[j], first + j, second + j);
    }

    /// <summary>Σ dy and Σ dy (x − mean), four rows at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Products(E* dy, E* x, nint rows, nint n, nint stride, T* mean, T* first, T* second)
    {
        nint vectors = Vector.IsHardwareAccelerated ? n / W * W : 0, ahead = ColumnAhead.Of(n, stride);
        nint row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            E* x0 = x + row * stride, x1 = x0 + stride, x2 = x1 + stride, x3 = x2 + stride;
            E* dy0 = dy + row * stride, dy1 = dy0 + stride, dy2 = dy1 + stride, dy3 = dy2 + stride;
            for (nint j = 0; j < vectors; j += W)
            {
                ColumnAhead.Ask<E, T>(x0, j, ahead);
                ColumnAhead.Ask<E, T>(dy0, j, ahead);
                var m = Vector.Load(mean + j);
                var g0 = E.Load(dy0 + j);
                var g1 = E.Load(dy1 + j);
                var g2 = E.Load(dy2 + j);
                var g3 = E.Load(dy3 + j);
                (Vector.Load(first + j) + (g0 + g1 + (g2 + g3))).Store(first + j);
                var q01 = Lanes.MultiplyAdd(g1, E.Load(x1 + j) - m, g0 * (E.Load(x0 + j) - m));
                var q23 = Lanes.MultiplyAdd(g3, E.Load(x3 + j) - m, g2 * (E.Load(x2 + j) - m));
                (Vector.Load(second + j) + (q01 + q23)).Store(second + j);
            }
        }
        for (; row < rows; row++)
            for (nint j = 0; j < vectors; j += W)
            {
                var g = E.Load(dy + row * stride + j);
                (Vector.Load(first + j) + g).Store(first + j);
                Lanes.MultiplyAdd(g, E.Load(x + row * stride + j) - Vector.Load(mean + j), Vector.Load(second + j)).Store(second + j);
            }
        for (var j = vectors; j < n; j++) Column(dy + j, x + j, rows, stride, mean[j], first + j, second + j);
    }
}
