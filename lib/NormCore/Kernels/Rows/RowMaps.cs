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
    public static void Apply(E* x, E* y, nint n, T m, T a, T b, T* gamma, T* beta)
    {
        for (nint i = 0; i < n; i++)
        {
            var xhat = (E.Read(x + i) - Lanes.Widen(m)) * Lanes.Widen(a) + Lanes.Widen(b);
            E.Write(xhat * Lanes.Widen(gamma[i]) + Lanes.Widen(beta[i]), y + i);
        }
    }

    /// <summary>dx = a γ dy + b r (x − m) + c.</summary>
    public static void Gradient(E* dy, E* x, E* dx, nint n, RowScalars<T> of, T* gamma)
    {
        for (nint i = 0; i < n; i++)
        {
            var xhat = (E.Read(x + i) - Lanes.Widen(of.M)) * Lanes.Widen(of.R);
            E.Write(Lanes.Widen(of.R) * Lanes.Widen(gamma[i]) * E.Read(dy + i) + Lanes.Widen(of.B) * xhat + Lanes.Widen(of.C), dx + i);
        }
    }

    /// <summary>The same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(E* x, E* y, nint n, T m, T a, T b, T* gamma, T* beta, bool stream)
    {
        Vector<T> vm = new(m), va = new(a), vb = new(b);
        stream &= (nint)y % 64 == 0;
        nint i = 0;
        if (Vector.IsHardwareAccelerated)
            for (; i + W <= n; i += W)
            {
                var xhat = Lanes.MultiplyAdd(E.Load(x + i) - vm, va, vb);
                var value = Lanes.MultiplyAdd(xhat, Vector.Load(gamma + i), Vector.Load(beta + i));
                if (stream) E.Stream(value, y + i);
                else E.Store(value, y + i);
            }
        Apply(x + i, y + i, n - i, m, a, b, gamma + i, beta + i);
    }

    /// <summary>The same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(E* dy, E* x, E* dx, nint n, RowScalars<T> of, T* gamma, bool stream)
    {
        Vector<T> m = new(of.M), r = new(of.R), b = new(of.B), c = new(of.C);
        stream &= (nint)dx % 64 == 0;
        nint i = 0;
        if (Vector.IsHardwareAccelerated)
            for (; i + W <= n; i += W)
            {
                var xhat = (E.Load(x + i) - m) * r;
                var value = Lanes.MultiplyAdd(r * Vector.Load(gamma + i), E.Load(dy + i), Lanes.MultiplyAdd(b, xhat, c));
                if (stream) E.Stream(value, dx + i);
                else E.Store(value, dx + i);
            }
        Gradient(dy + i, x + i, dx + i, n - i, of, gamma + i);
    }
}
