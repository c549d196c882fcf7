using System.Numerics;
using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>Maps over one row of n elements, each of which has its own γ and β. First as the formula says it, then with vectors.</summary>
internal static unsafe class RowMaps<E, T>
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    private static nint W => Vector<T>.Count;

    /// <summary>y = γ x̂ + β with x̂ = (x − m) a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(E* x, E* y, nint n, T m, T a, T b, T* gamma, T* beta)
    {
        for (nint i = 0; i < n; i++)
        {
            var xhat = (E.Read(x + i) - Lanes.Widen(m)) * Lanes.Widen(a) + Lanes.Widen(b);
            E.Write(xhat * Lanes.Widen(gamma[i]) + Lanes.Widen(beta[i]), y + i);
        }
    }

    /// <summary>dx = a γ dy + b r (x − m) + c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(E* dy, E* x, E* dx, nint n, RowScalars<T> of, T* gamma)
    {
        for (nint i = 0; i < n; i++)
        {
            var xhat = (E.Read(x + i) - Lanes.Widen(of.M)) * Lanes.Widen(of.R);
            E.Write(Lanes.Widen(of.R) * Lanes.Widen(gamma[i]) * E.Read(dy + i) + Lanes.Widen(of.B) * xhat + Lanes.Widen(of.C), dx + i);
        }
    }

    /// <summary>The same; memory <paramref name="ahead"/> elements further on is asked for, since the next rows are summed before they are mapped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(E* x, E* y, nint n, T m, T a, T b, T* gamma, T* beta, bool stream, nint ahead)
    {
        Vector<T> vm = new(m), va = new(a), vb = new(b);
        stream &= (nint)y % 64 == 0;
        nint i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            for (; i + 2 * W <= n; i += 2 * W)
            {
                Lanes.Prefetch(x + i + ahead);
                Lanes.Put(Y(x + i, vm, va, vb, gamma + i, beta + i), y + i, stream);
                Lanes.Put(Y(x + i + W, vm, va, vb, gamma + i + W, beta + i + W), y + i + W, stream);
            }
            for (; i + W <= n; i += W) Lanes.Put(Y(x + i, vm, va, vb, gamma + i, beta + i), y + i, stream);
        }
        if (i < n) Apply(x + i, y + i, n - i, m, a, b, gamma + i, beta + i);
    }

    /// <summary>The same; memory <paramref name="ahead"/> elements further on is asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(E* dy, E* x, E* dx, nint n, RowScalars<T> of, T* gamma, bool stream, nint ahead)
    {
        Vector<T> m = new(of.M), r = new(of.R), b = new(of.B), c = new(of.C);
        stream &= (nint)dx % 64 == 0;
        nint i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            for (; i + 2 * W <= n; i += 2 * W)
            {
                Lanes.Prefetch(dy + i + ahead);
                Lanes.Prefetch(x + i + ahead);
                Lanes.Put(Dx(dy + i, x + i, m, r, b, c, gamma + i), dx + i, stream);
                Lanes.Put(Dx(dy + i + W, x + i + W, m, r, b, c, gamma + i + W), dx + i + W, stream);
            }
            for (; i + W <= n; i += W) Lanes.Put(Dx(dy + i, x + i, m, r, b, c, gamma + i), dx + i, stream);
        }
        if (i < n) Gradient(dy + i, x + i, dx + i, n - i, of, gamma + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Y(E* x, Vector<T> m, Vector<T> a, Vector<T> b, T* gamma, T* beta) =>
        Lanes.MultiplyAdd(Lanes.MultiplyAdd(E.Load(x) - m, a, b), Vector.Load(gamma), Vector.Load(beta));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Dx(E* dy, E* x, Vector<T> m, Vector<T> r, Vector<T> b, Vector<T> c, T* gamma) =>
        Lanes.MultiplyAdd(r * Vector.Load(gamma), E.Load(dy), Lanes.MultiplyAdd(b, (E.Load(x) - m) * r, c));
}
