using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>Mean and M₂ of sets that lie side by side, each of n elements in each of several samples, in one pass over memory.</summary>
/// <remarks>
/// Sums of deviations from a number near the mean lose nothing to cancellation. Such a number is the mean of a block's first elements;
/// where it turns out to lie more than two standard deviations off, the block, still in cache, is summed again around its mean.
/// What neither can do, since squares leave the range of T, is done in double. Blocks are combined in double.
/// </remarks>
internal static unsafe class RunMoments<E, T>
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    private const int Together = 64;
    private const nint Block = 8192;

    /// <summary>The moments as the formula says it: the mean first, then the deviations; not centered: M₂ = Σ x².</summary>
    public static Moment Of(E* x, nint samples, nint stride, nint n, bool centered)
    {
        double count = samples * n, mean = 0, rest = 0, squares = 0;
        for (nint k = 0; centered && k < samples; k++)
            mean += RunSums<E, T>.Deviations(x + k * stride, n, 0).First / count;
        for (nint k = 0; k < samples; k++)
        {
            var (first, second) = RunSums<E, T>.Deviations(x + k * stride, n, mean);
            rest += first;
            squares += second;
        }
        return centered
            ? new Moment { Count = count, Mean = mean + (double.IsFinite(mean) ? rest / count : 0), SquaredDeviations = squares - rest * rest / count }
            : new Moment { Count = count, SquaredDeviations = squares };
    }

    /// <summary>The moments of all sets.</summary>
    public static void Of(E* x, nint samples, nint stride, nint sets, nint n, bool centered, Moment* moments)
    {
        // In the order of memory: sample by sample through a few sets, or set by set.
        var few = samples == 1 ? 1 : Together;
        for (nint set = 0; set < sets; set += few)
            OfFew(x + set * n, samples, stride, Math.Min(few, sets - set), n, centered, moments + set);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OfFew(E* x, nint samples, nint stride, nint sets, nint n, bool centered, Moment* moments)
    {
        var shift = stackalloc T[Together];
        var sums = stackalloc Sums<T>[Together];
        nint samplesOfBlock = Math.Max(1, Block / n), lengthOfBlock = Math.Min(n, Block);
        for (nint set = 0; set < sets; set++) moments[set] = default;
        for (nint sample = 0; sample < samples; sample += samplesOfBlock)
            for (nint i = 0; i < n; i += lengthOfBlock)
            {
                var block = x + sample * stride + i;
                nint height = Math.Min(samplesOfBlock, samples - sample), width = Math.Min(lengthOfBlock, n - i);
                for (nint set = 0; set < sets; set++)
                    (shift[set], sums[set]) = (centered ? Near(block + set * n, width, height) : default, default);
                for (nint k = 0; k < height; k++)
                    for (nint set = 0; set < sets; set++)
                        RunSums<E, T>.Deviations(block + k * stride + set * n, width, shift[set], sums + set, sample + k + 1 < samples ? stride : 0);
                for (nint set = 0; set < sets; set++)
                    moments[set].Add(OfBlock(block + set * n, height, stride, width, centered, shift[set], sums + set));
            }
    }

    /// <summary>A number near the mean: that of the first 64th of the block, and at least 16 elements if the run has them.</summary>
    private static T Near(E* x, nint width, nint height)
    {
        Sums<T> sums = default;
        var n = Math.Min(width, Math.Max(16, width * height / 64 / 16 * 16));
        RunSums<E, T>.Deviations(x, n, default, &sums, 0);
        var near = sums.Total.First / n;
        return double.IsFinite(near) ? Lanes.Narrow<T>(near) : default;
    }

    private static Moment OfBlock(E* x, nint samples, nint stride, nint n, bool centered, T shift, Sums<T>* sums)
    {
        double count = samples * n;
        var (first, second) = sums->Total;
        if (centered && first * first > 4 * count * (second - first * first / count) && double.IsFinite(first))
        {
            shift = Lanes.Narrow<T>(Lanes.Widen(shift) + first / count);
            *sums = default;
            for (nint k = 0; k < samples; k++) RunSums<E, T>.Deviations(x + k * stride, n, shift, sums, 0);
            (first, second) = sums->Total;
        }
        if (!InRange(second, count) && !IsConstant(x, samples, stride, n, first, second, centered)) return Of(x, samples, stride, n, centered);
        return centered
            ? new Moment { Count = count, Mean = Lanes.Widen(shift) + first / count, SquaredDeviations = Math.Max(0, second - first * first / count) }
            : new Moment { Count = count, SquaredDeviations = second };
    }

    /// <summary>Whether no square overflowed, and none that matters was lost for being too small. A NaN among the elements is an answer.</summary>
    public static bool InRange(double second, double count) =>
        double.IsNaN(second) || (second >= count * (typeof(T) == typeof(float) ? 1e-32 : 1e-290) && second < double.PositiveInfinity);

    /// <summary>Whether the sum of squares is 0 because every square is, which is common (inactive channels) and must not be slow.</summary>
    /// <remarks>All elements of a run are the same if the run is the same as itself moved by one element.</remarks>
    public static bool IsConstant(E* x, nint samples, nint stride, nint n, double first, double second, bool centered)
    {
        if (second != 0 || (!centered && first != 0)) return false;
        for (nint k = 0; k < samples; k++)
            if (!Bytes(x + k * stride, n - 1).SequenceEqual(Bytes(x + k * stride + 1, n - 1)) || !Bytes(x + k * stride, 1).SequenceEqual(Bytes(x, 1)))
                return false;
        return true;
    }

    private static ReadOnlySpan<byte> Bytes(E* x, nint n) => new(x, checked((int)(n * sizeof(E))));
}
