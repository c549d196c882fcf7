using System.Numerics;
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OfFew(E* x, nint rows, nint n, nint stride, bool centered, Moment* moments)
    {
        var shift = stackalloc T[Together];
        double* first = stackalloc double[Together], second = stackalloc double[Together];
        new Span<T>(shift, (int)n).Clear();
        if (centered)
        {
            // A number near the mean: that of the first rows.
            var few = Math.Clamp(rows / 16, Math.Min(4, rows), 32);
            Sum(x, few, n, stride, shift, first, second);
            for (nint j = 0; j < n; j++) shift[j] = Shifted(default, first[j], few);
        }
        Sum(x, rows, n, stride, shift, first, second);
        if (centered && IsFarOff(rows, n, first, second))
        {
            for (nint j = 0; j < n; j++) shift[j] = Shifted(shift[j], first[j], rows);
            Sum(x, rows, n, stride, shift, first, second);
        }
        if (!centered || !IsEachInRange(second, rows, n))
            for (nint j = 0; j < n; j++) moments[j] = OfColumn(x + j, rows, stride, centered, shift[j], first[j], second[j]);
        else
            Finish(rows, n, shift, first, second, moments);
    }

    /// <summary>The moments of a column from its sums around the shift.</summary>
    private static Moment OfColumn(E* x, nint rows, nint stride, bool centered, T shift, double first, double second)
    {
        if (!RunMoments<E, T>.InRange(second, rows) && !RunMoments<E, T>.IsConstant(x, rows, stride, 1, first, second, centered))
            return RunMoments<E, T>.Of(x, rows, stride, 1, centered);
        return centered
            ? new Moment { Count = rows, Mean = Lanes.Widen(shift) + first / rows, SquaredDeviations = Math.Max(0, second - first * first / rows) }
            : new Moment { Count = rows, SquaredDeviations = second };
    }

    /// <summary>The same for each of n columns whose sums are in range, with vectors; the sums are overwritten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Finish(nint rows, nint n, T* shift, double* first, double* second, Moment* moments)
    {
        var count = new Wide(rows);
        nint vectors = typeof(T) == typeof(float) && Vector.IsHardwareAccelerated ? n / Wide.Count * Wide.Count : 0;
        for (nint j = 0; j < vectors; j += Wide.Count)
        {
            var (s, q) = (Wide.Load(first + j), Wide.Load(second + j));
            (Wide.Load((float*)shift + j) + s / count).Store(first + j);
            Wide.Max(new Wide(0), q - s * s / count).Store(second + j);
        }
        for (nint j = 0; j < vectors; j++) moments[j] = new Moment { Count = rows, Mean = first[j], SquaredDeviations = second[j] };
        for (var j = vectors; j < n; j++) moments[j] = OfColumn(null, rows, 0, true, shift[j], first[j], second[j]);
    }

    private static bool IsEachInRange(double* second, nint rows, nint n)
    {
        for (nint j = 0; j < n; j++)
            if (!RunMoments<E, T>.InRange(second[j], rows))
                return false;
        return true;
    }

    /// <summary>What a block of rows has summed in T goes into doubles.</summary>
    [SkipLocalsInit]
    private static void Sum(E* x, nint rows, nint n, nint stride, T* shift, double* first, double* second)
    {
        T* someFirst = stackalloc T[Together], someSecond = stackalloc T[Together];
        new Span<double>(first, (int)n).Clear();
        new Span<double>(second, (int)n).Clear();
        for (nint row = 0; row < rows; row += ColumnSums<E, T>.Block)
        {
            new Span<T>(someFirst, (int)n).Clear();
            new Span<T>(someSecond, (int)n).Clear();
            ColumnSums<E, T>.Deviations(x + row * stride, Math.Min(ColumnSums<E, T>.Block, rows - row), n, stride, shift, someFirst, someSecond);
            Lanes.AddTo(first, someFirst, n);
            Lanes.AddTo(second, someSecond, n);
        }
    }

    private static T Shifted(T shift, double first, nint rows)
    {
        var mean = Lanes.Widen(shift) + first / rows;
        return double.IsFinite(mean) ? Lanes.Narrow<T>(mean) : shift;
    }

    /// <summary>Whether the shift of any column lies more than two standard deviations from its mean.</summary>
    private static bool IsFarOff(nint rows, nint n, double* first, double* second)
    {
        for (nint j = 0; j < n; j++)
            if (first[j] * first[j] > 4 * (rows * second[j] - first[j] * first[j]))
                return true;
        return false;
    }
}
