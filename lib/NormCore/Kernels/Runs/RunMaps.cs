using System.Numerics;
using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>
/// Maps over runs of n elements that lie end to end, with other coefficients for each. First each map as the formula says it, then with vectors.
/// </summary>
/// <remarks>
/// The vectors go through all runs in one row, and one that holds the end of a run and the start of the next has coefficients of both:
/// so every store is whole and aligned, without which a store past the caches is slower than an ordinary one.
/// </remarks>
internal static unsafe class RunMaps<E, T>
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    private static nint W => Vector<T>.Count;

    /// <summary>y = (x − m) a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(E* x, E* y, nint n, Coefficients<T> at)
    {
        double m = Lanes.Widen(*at.M), a = Lanes.Widen(*at.A), b = Lanes.Widen(*at.B);
        for (nint i = 0; i < n; i++)
            E.Write((E.Read(x + i) - m) * a + b, y + i);
    }

    /// <summary>dx = a dy + b r (x − m) + c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(E* dy, E* x, E* dx, nint n, Coefficients<T> at)
    {
        double m = Lanes.Widen(*at.M), r = Lanes.Widen(*at.R), a = Lanes.Widen(*at.A), b = Lanes.Widen(*at.B), c = Lanes.Widen(*at.C);
        for (nint i = 0; i < n; i++)
            E.Write(a * E.Read(dy + i) + b * (r * (E.Read(x + i) - m)) + c, dx + i);
    }

    /// <summary>The same for several runs, each of at least a vector; memory <paramref name="ahead"/> elements further on is asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(E* x, E* y, nint runs, nint n, Coefficients<T> at, bool stream, nint ahead)
    {
        stream &= (nint)y % 64 == 0;
        nint i = 0, end = n;
        for (nint run = 0; run < runs; run++, end += n, at += 1)
        {
            if (!Vector.IsHardwareAccelerated) { Apply(x + run * n, y + run * n, n, at); continue; }
            Vector<T> m = new(*at.M), a = new(*at.A), b = new(*at.B);
            for (; i + 2 * W <= end; i += 2 * W)
            {
                Lanes.Prefetch(x + i + ahead);
                Lanes.Put(Lanes.MultiplyAdd(E.Load(x + i) - m, a, b), y + i, stream);
                Lanes.Put(Lanes.MultiplyAdd(E.Load(x + i + W) - m, a, b), y + i + W, stream);
            }
            for (; i + W <= end; i += W)
                Lanes.Put(Lanes.MultiplyAdd(E.Load(x + i) - m, a, b), y + i, stream);
            if (i >= end) continue;
            if (run + 1 == runs)
            {
                Apply(x + i, y + i, end - i, at);
                continue;
            }
            var here = Lanes.First<T>(end - i);
            (m, a, b) = (Blend(here, m, at.M), Blend(here, a, at.A), Blend(here, b, at.B));
            Lanes.Put(Lanes.MultiplyAdd(E.Load(x + i) - m, a, b), y + i, stream);
            i += W;
        }
    }

    /// <summary>The same for several runs, each of at least a vector; memory <paramref name="ahead"/> elements further on is asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(E* dy, E* x, E* dx, nint runs, nint n, Coefficients<T> at, bool stream, nint ahead)
    {
        stream &= (nint)dx % 64 == 0;
        nint i = 0, end = n;
        for (nint run = 0; run < runs; run++, end += n, at += 1)
        {
            if (!Vector.IsHardwareAccelerated) { Gradient(dy + run * n, x + run * n, dx + run * n, n, at); continue; }
            Vector<T> m = new(*at.M), r = new(*at.R), a = new(*at.A), b = new(*at.B), c = new(*at.C);
            for (; i + 2 * W <= end; i += 2 * W)
            {
                Lanes.Prefetch(dy + i + ahead);
                Lanes.Prefetch(x + i + ahead);
                Lanes.Put(Dx(E.Load(dy + i), E.Load(x + i), m, r, a, b, c), dx + i, stream);
                Lanes.Put(Dx(E.Load(dy + i + W), E.Load(x + i + W), m, r, a, b, c), dx + i + W, stream);
            }
            for (; i + W <= end; i += W)
                Lanes.Put(Dx(E.Load(dy + i), E.Load(x + i), m, r, a, b, c), dx + i, stream);
            if (i >= end) continue;
            if (run + 1 == runs)
            {
                Gradient(dy + i, x + i, dx + i, end - i, at);
                continue;
            }
            var here = Lanes.First<T>(end - i);
            (m, r, a, b, c) = (Blend(here, m, at.M), Blend(here, r, at.R), Blend(here, a, at.A), Blend(here, b, at.B), Blend(here, c, at.C));
            Lanes.Put(Dx(E.Load(dy + i), E.Load(x + i), m, r, a, b, c), dx + i, stream);
            i += W;
        }
    }

    /// <summary>r (x − m) is formed before the product with b: b r alone can be too small for a float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Dx(Vector<T> dy, Vector<T> x, Vector<T> m, Vector<T> r, Vector<T> a, Vector<T> b, Vector<T> c) =>
        Lanes.MultiplyAdd(a, dy, Lanes.MultiplyAdd(b, r * (x - m), c));

    /// <summary>This run's coefficient in its lanes, the next run's in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Blend(Vector<T> here, Vector<T> value, T* at) => Vector.ConditionalSelect(here, value, new Vector<T>(at[1]));
}
