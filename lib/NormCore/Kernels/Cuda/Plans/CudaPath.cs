namespace NormCore.Kernels;

/// <summary>By which family of kernels a geometry is gone over.</summary>
internal static class CudaPath
{
    private const int ShortRun = 16; // elements; shorter ones would leave most of a team of threads idle

    /// <summary>Whether sets are made of runs that are worth a team of threads: batch norm of images, group norm, instance norm.</summary>
    public static bool HasRuns(Geometry geometry) => geometry.Run >= ShortRun;

    /// <summary>Whether sets are contiguous and short of runs: layer norm, RMS norm, group norm of (N, C).</summary>
    public static bool HasRows(Geometry geometry) => !HasRuns(geometry) && geometry.Samples == 1;
}
