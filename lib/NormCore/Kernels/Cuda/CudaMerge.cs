using static NormCore.Kernels.CudaWord;

namespace NormCore.Kernels;

/// <summary>Launches of the kernels that merge what blocks left in parts.</summary>
internal static class CudaMerge
{
    private const int MomentsBlock = 128; // four sets, a warp each
    private const int ColumnsBlock = 512; // 32 columns, and 16 warps to share their parts

    /// <summary>The moments of sets from parts[part][4][sets · run].</summary>
    public static void Moments(ref CudaPass pass, nint parts, long count, long sets, long run, nint mean, nint rest, nint variance, in CudaForward call) =>
        pass.Launch(
            "merge", "merge_moments", [("PARAMETER", 0), ("BLOCK", MomentsBlock)],
            (sets + (MomentsBlock / 32) - 1) / (MomentsBlock / 32), MomentsBlock, 1, MomentsBlock * 3 * sizeof(double),
            [
                Of(parts), Of(count), Of(sets), Of(run), Of(mean), Of(rest), Of(variance),
                Of(call.RunningMean), Of(call.RunningVariance), Of(call.Kept), Of(call.Weight),
            ]);

    /// <summary>Sums over parts, each <paramref name="stride"/> floats from the last, and over <paramref name="run"/> neighbours; of two at once.</summary>
    public static void Columns(ref CudaPass pass, CudaElement element, nint partsA, nint partsB, nint a, nint b, long count, long stride, long columns, long run) =>
        pass.Launch(
            "merge", "merge_columns", [("PARAMETER", (int)element), ("BLOCK", ColumnsBlock)],
            (columns + 31) / 32, ColumnsBlock, 1, ColumnsBlock * 2 * sizeof(float),
            [Of(partsA), Of(partsB), Of(a), Of(b), Of(count), Of(stride), Of(columns), Of(run)]);
}
