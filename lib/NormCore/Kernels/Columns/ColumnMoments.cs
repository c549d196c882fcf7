using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>Mean and M₂ of columns, as <see cref="RunMoments{E, T}"/> has them of runs: one pass, and a second one where the first number was not near the mean.</summary>
internal static unsafe class ColumnMoments<E, T>
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    private const int Together = 1024;

    /// <summary>The moments of each of n columns.</summary>
    public static void Of(E* x, nint rows, nint n, nint stride, bool centered, Moment* moments)
    {
        for (nint j = 0; j < n; j += Together)
            OfFew(x + j, rows, Math.Min(Together, n - j), stride, centered, moments + j);
    }

    [SkipLocalsInit]
    private static void OfFew(E* x, nint rows, nint n, nint stride, bool centered, Moment* moments)
    {
        T* shift = stackalloc T[Together], first = stackalloc T[Together], second = stackalloc T[Together];
        new Span<T>(shift, (int)n).Clear();
        if (centered)
        {
            // A number near the mean: that of the first 16th.
            var few = Math.Min(rows, Math.Max(4, rows / 16));
            Sum(x, few, n, stride, shift, first, second);
            for (nint j = 0; j < n; j++) shift[j] = Shifted(default, first[j], few);
        }
        Sum(x, rows, n, stride, shift, first, second);
        if (centered && IsFarOff(rows, n, first, second))
        {
            for (nint j = 0; j < n; j++) shift[j] = Shifted(shift[j], first[j], rows);
            Sum(x, rows, n, stride, shift, first, second);
        }
        for (nint j = 0; j < n; j++)
        {
            double s = Lanes.Widen(first[j]), q = Lanes.Widen(second[j]);
            var isSafe = RunMoments<E, T>.InRange(q, rows) || RunMoments<E, T>.IsConstant(x + j, rows, stride, 1, s, q, centered);
            moments[j] = !isSafe ? RunMoments<E, T>.Of(x + j, rows, stride, 1, centered)
                : !centered ? new Moment { Count = rows, SquaredDeviations = q }
                : new Moment { Count = rows, Mean = Lanes.Widen(shift[j]) + s / rows, SquaredDeviations = Math.Max(0, q - s * s / rows) };
        }
    }

    private static void Sum(E* x, nint rows, nint n, nint stride, T* shift, T* first, T* second)
    {
        new Span<T>(first, (int)n).Clear();
        new Span<T>(second, (int)n).Clear();
        ColumnSums<E, T>.Deviations(x, rows, n, stride, shift, first, second);
    }

    private static T Shifted(T shift, T first, nint rows)
    {
        var mean = Lanes.Widen(shift) + Lanes.Widen(first) / rows;
        return double.IsFinite(mean) ? Lanes.Narrow<T>(mean) : shift;
    }

    /// <summary>Whether the shift of any column lies more than two standard deviations from its mean.</summary>
    private static bool IsFarOff(double rows, nint n, T* first, T* second)
    {
        var far = false;
        for (nint j = 0; j < n; j++)
        {
            double s = Lanes.Widen(first[j]), q = Lanes.Widen(second[j]);
            far |= s * s > 4 * (rows * q - s * s) && double.IsFinite(s);
        }
        return far;
    }
}
