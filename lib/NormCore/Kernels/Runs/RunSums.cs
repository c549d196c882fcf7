using System.Numerics;
using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>Sums over a contiguous run of n elements. First each sum as the formula says it, in double, then with vectors, which leave their remainder to the former.</summary>
internal static unsafe class RunSums<E, T>
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    private static nint W => Vector<T>.Count;

    /// <summary>Σ (x − shift) and Σ (x − shift)².</summary>
    public static (double First, double Second) Deviations(E* x, nint n, double shift)
    {
        double first = 0, second = 0;
        for (nint i = 0; i < n; i++)
        {
            var deviation = E.Read(x + i) - shift;
            first += deviation;
            second += deviation * deviation;
        }
        return (first, second);
    }

    /// <summary>Σ dy and Σ dy (x − mean).</summary>
    public static (double First, double Second) Products(E* dy, E* x, nint n, double mean)
    {
        double first = 0, second = 0;
        for (nint i = 0; i < n; i++)
        {
            first += E.Read(dy + i);
            second += E.Read(dy + i) * (E.Read(x + i) - mean);
        }
        return (first, second);
    }

    /// <summary>The same added to sums; memory <paramref name="ahead"/> elements further on is asked for.</summary>
    /// <remarks>Four sums of each kind, since an addition waits for the one before it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Deviations(E* x, nint n, T shift, Sums<T>* sums, nint ahead)
    {
        if (!Vector.IsHardwareAccelerated) { Add(sums, Deviations(x, n, Lanes.Widen(shift))); return; }
        var c = new Vector<T>(shift);
        Vector<T> s0 = sums->First, s1 = default, s2 = default, s3 = default;
        Vector<T> q0 = sums->Second, q1 = default, q2 = default, q3 = default;
        nint i = 0;
        for (; i + 4 * W <= n; i += 4 * W)
        {
            Lanes.Prefetch(x + i + ahead);
            Lanes.Prefetch(x + i + 2 * W + ahead);
            var d0 = E.Load(x + i) - c;
            var d1 = E.Load(x + i + W) - c;
            var d2 = E.Load(x + i + 2 * W) - c;
            var d3 = E.Load(x + i + 3 * W) - c;
            s0 += d0;
            s1 += d1;
            s2 += d2;
            s3 += d3;
            q0 = Lanes.MultiplyAdd(d0, d0, q0);
            q1 = Lanes.MultiplyAdd(d1, d1, q1);
            q2 = Lanes.MultiplyAdd(d2, d2, q2);
            q3 = Lanes.MultiplyAdd(d3, d3, q3);
        }
        for (; i + W <= n; i += W)
        {
            var d = E.Load(x + i) - c;
            s1 += d;
            q1 = Lanes.MultiplyAdd(d, d, q1);
        }
        sums->First = s0 + s1 + (s2 + s3);
        sums->Second = q0 + q1 + (q2 + q3);
        if (i < n) Add(sums, Deviations(x + i, n - i, Lanes.Widen(shift)));
    }

    /// <summary>The same added to sums; memory <paramref name="ahead"/> elements further on is asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Products(E* dy, E* x, nint n, T mean, Sums<T>* sums, nint ahead)
    {
        if (!Vector.IsHardwareAccelerated) { Add(sums, Products(dy, x, n, Lanes.Widen(mean))); return; }
        var m = new Vector<T>(mean);
        Vector<T> s0 = sums->First, s1 = default, s2 = default, s3 = default;
        Vector<T> q0 = sums->Second, q1 = default, q2 = default, q3 = default;
        nint i = 0;
        for (; i + 4 * W <= n; i += 4 * W)
        {
            Lanes.Prefetch(dy + i + ahead);
            Lanes.Prefetch(dy + i + 2 * W + ahead);
            Lanes.Prefetch(x + i + ahead);
            Lanes.Prefetch(x + i + 2 * W + ahead);
            var dy0 = E.Load(dy + i);
            var dy1 = E.Load(dy + i + W);
            var dy2 = E.Load(dy + i + 2 * W);
            var dy3 = E.Load(dy + i + 3 * W);
            s0 += dy0;
            s1 += dy1;
            s2 += dy2;
            s3 += dy3;
            q0 = Lanes.MultiplyAdd(dy0, E.Load(x + i) - m, q0);
            q1 = Lanes.MultiplyAdd(dy1, E.Load(x + i + W) - m, q1);
            q2 = Lanes.MultiplyAdd(dy2, E.Load(x + i + 2 * W) - m, q2);
            q3 = Lanes.MultiplyAdd(dy3, E.Load(x + i + 3 * W) - m, q3);
        }
        for (; i + W <= n; i += W)
        {
            var dy0 = E.Load(dy + i);
            s1 += dy0;
            q1 = Lanes.MultiplyAdd(dy0, E.Load(x + i) - m, q1);
        }
        sums->First = s0 + s1 + (s2 + s3);
        sums->Second = q0 + q1 + (q2 + q3);
        if (i < n) Add(sums, Products(dy + i, x + i, n - i, Lanes.Widen(mean)));
    }

    private static void Add(Sums<T>* sums, (double First, double Second) more)
    {
        sums->First += Vector.CreateScalar(Lanes.Narrow<T>(more.First));
        sums->Second += Vector.CreateScalar(Lanes.Narrow<T>(more.Second));
    }
}
