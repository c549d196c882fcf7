using System.Numerics;
using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>Maps down each of n neighbouring columns with coefficients of its own. First as the formula says it, then with vectors, four rows at a time.</summary>
internal static unsafe class ColumnMaps<E, T>
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    private static nint W => Vector<T>.Count;

    /// <summary>y = (x − m) a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Column(E* x, E* y, nint rows, nint stride, Coefficients<T> at)
    {
        for (nint row = 0; row < rows; row++) RunMaps<E, T>.Apply(x + row * stride, y + row * stride, 1, at);
    }

    /// <summary>dx = a dy + b r (x − m) + c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Column(E* dy, E* x, E* dx, nint rows, nint stride, Coefficients<T> at)
    {
        for (nint row = 0; row < rows; row++) RunMaps<E, T>.Gradient(dy + row * stride, x + row * stride, dx + row * stride, 1, at);
    }

    /// <summary>y = (x − m) a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(E* x, E* y, nint rows, nint n, nint stride, Coefficients<T> at, bool stream)
    {
        stream &= (nint)y % 64 == 0 && stride * sizeof(E) % 64 == 0;
        nint vectors = Vector.IsHardwareAccelerated ? n / W * W : 0, ahead = ColumnAhead.Of(n, stride);
        for (nint row = 0, height; row < rows; row += height)
        {
            height = row + 4 <= rows ? 4 : 1;
            E* x0 = x + row * stride, y0 = y + row * stride;
            for (nint j = 0; j < vectors; j += W)
            {
                ColumnAhead.Ask<E, T>(x0, j, ahead);
                Vector<T> m = Vector.Load(at.M + j), a = Vector.Load(at.A + j), b = Vector.Load(at.B + j);
                if (height == 1) { Lanes.Put(Y(x0 + j, m, a, b), y0 + j, stream); continue; }
                // All loads before the stores: a store delays a load from the same place of another page, and rows are often half a page long.
                Vector<T> v0 = Y(x0 + j, m, a, b), v1 = Y(x0 + stride + j, m, a, b), v2 = Y(x0 + 2 * stride + j, m, a, b), v3 = Y(x0 + 3 * stride + j, m, a, b);
                Lanes.Put(v0, y0 + j, stream);
                Lanes.Put(v1, y0 + stride + j, stream);
                Lanes.Put(v2, y0 + 2 * stride + j, stream);
                Lanes.Put(v3, y0 + 3 * stride + j, stream);
            }
        }
        for (var j = vectors; j < n; j++) Column(x + j, y + j, rows, stride, at + j);
    }

    /// <summary>dx = a dy + b r (x − m) + c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(E* dy, E* x, E* dx, nint rows, nint n, nint stride, Coefficients<T> at, bool stream)
    {
        stream &= (nint)dx % 64 == 0 && stride * sizeof(E) % 64 == 0;
        nint vectors = Vector.IsHardwareAccelerated ? n / W * W : 0, ahead = ColumnAhead.Of(n, stride);
        for (nint row = 0, height; row < rows; row += height)
        {
            height = row + 4 <= rows ? 4 : 1;
            E* x0 = x + row * stride, dy0 = dy + row * stride, dx0 = dx + row * stride;
            for (nint j = 0; j < vectors; j += W)
            {
                ColumnAhead.Ask<E, T>(x0, j, ahead);
                ColumnAhead.Ask<E, T>(dy0, j, ahead);
                Vector<T> m = Vector.Load(at.M + j), r = Vector.Load(at.R + j), a = Vector.Load(at.A + j), b = Vector.Load(at.B + j), c = Vector.Load(at.C + j);
                var v0 = Dx(dy0 + j, x0 + j, m, r, a, b, c); // Loads before stores here too.
                if (height == 1) { Lanes.Put(v0, dx0 + j, stream); continue; }
                var v1 = Dx(dy0 + stride + j, x0 + stride + j, m, r, a, b, c);
                var v2 = Dx(dy0 + 2 * stride + j, x0 + 2 * stride + j, m, r, a, b, c);
                var v3 = Dx(dy0 + 3 * stride + j, x0 + 3 * stride + j, m, r, a, b, c);
                Lanes.Put(v0, dx0 + j, stream);
                Lanes.Put(v1, dx0 + stride + j, stream);
                Lanes.Put(v2, dx0 + 2 * stride + j, stream);
                Lanes.Put(v3, dx0 + 3 * stride + j, stream);
            }
        }
        for (var j = vectors; j < n; j++) Column(dy + j, x + j, dx + j, rows, stride, at + j);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Y(E* x, Vector<T> m, Vector<T> a, Vector<T> b) => Lanes.MultiplyAdd(E.Load(x) - m, a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Dx(E* dy, E* x, Vector<T> m, Vector<T> r, Vector<T> a, Vector<T> b, Vector<T> c) =>
        Lanes.MultiplyAdd(a, E.Load(dy), Lanes.MultiplyAdd(b, r * (E.Load(x) - m), c));
}
