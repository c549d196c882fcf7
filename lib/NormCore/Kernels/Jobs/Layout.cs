namespace NormCore.Kernels;

/// <summary>How a pass goes over a geometry: by runs, rows or columns.</summary>
/// <param name="Geometry">That of x; where each sample is a set of its own, with Outer folded into Groups, since those sets lie end to end.</param>
/// <param name="Period">After how many sets γ repeats.</param>
/// <param name="Parts">How many moments a set has in each chunk before they are combined.</param>
/// <param name="Units">How many coefficients a set has.</param>
/// <param name="Measured">The tiles of the pass that measures; of the whole where the chunks are one.</param>
/// <param name="Applied">The tiles of a second pass over memory.</param>
internal sealed record Layout(Geometry Geometry, nint Period, nint Parts, nint Units, Tiles Measured, Tiles Applied)
{
    /// <summary>From this size on, results no longer fit the caches and are stored past them.</summary>
    public const nint StreamedBytes = 8 << 20;

    private const nint Line = 64;
    private const nint Page = 4096;
    private const nint FirstCache = 32 * 1024;
    private const nint SecondCache = 384 * 1024;
    private const nint TasksWanted = Tiles.TasksWanted;

    /// <summary>Long contiguous runs with a γ each, in one array or in two read side by side: batch norm of (N, C, *), group norm, instance norm.</summary>
    public static Layout OfRuns(Geometry geometry, nint elementBytes, nint arrays)
    {
        var (flat, setBytes, bytes) = (Flat(geometry), geometry.Length * elementBytes, geometry.Length * elementBytes * arrays);
        // Runs of several sets side by side, so that memory is touched in its order a page at a time, but not more than stays in cache.
        var width = flat.Samples == 1 ? SecondCache / 6 / bytes : Math.Min(SecondCache / (flat.Samples * bytes), Page / bytes);
        var tasks = Tiles.Worthwhile(geometry);
        width = Aligned(Math.Min(width, flat.Sets / tasks), flat, setBytes);
        var fused = new Tiles(flat, flat.Samples, width);
        var height = fused.Count >= tasks || flat.Samples == 1 ? flat.Samples : Tiles.Ceiling(flat.Samples * fused.Count, tasks);
        var across = Aligned(SecondCache / bytes, flat, setBytes);
        var applied = new Tiles(flat, Math.Max(1, SecondCache / (across * bytes)), across);
        return new Layout(flat, geometry.Groups, 1, geometry.Channels, new Tiles(flat, height, width), applied);
    }

    /// <summary>Sets that are contiguous rows, with a γ for each element or short run: layer norm, RMS norm.</summary>
    public static Layout OfRows(Geometry geometry, nint elementBytes)
    {
        var flat = Flat(geometry);
        var tiles = new Tiles(flat, 1, Math.Max(1, FirstCache / 2 / (geometry.Length * elementBytes)));
        return new Layout(flat, geometry.Groups, 1, 1, tiles, tiles);
    }

    /// <summary>Sets that lie across memory: batch norm of (N, C), or with channels last.</summary>
    public static Layout OfColumns(Geometry geometry)
    {
        var few = geometry.Samples <= 512;
        var height = few ? geometry.Samples : Math.Max(64, Tiles.Ceiling(geometry.Samples, 4 * TasksWanted) * 4);
        var columns = few ? Math.Clamp(Tiles.Ceiling(geometry.Stride, 16 * Tiles.Worthwhile(geometry)) * 16, 64, 1024) : 1024;
        var tiles = new Tiles(geometry, height, Math.Max(1, columns / geometry.Length));
        return new Layout(geometry, geometry.Groups, geometry.Length, geometry.Length, tiles, tiles);
    }

    /// <summary>Where the γ of a set's units begin among [Period][Units].</summary>
    public nint Parameter(nint set) => set % Period * Units;

    /// <summary>Where those of the next set begin.</summary>
    public nint Next(nint parameter) => parameter + Units == Period * Units ? 0 : parameter + Units;

    private static Geometry Flat(Geometry geometry) =>
        geometry.Samples == 1 ? geometry with { Outer = 1, Groups = geometry.Sets } : geometry;

    /// <summary>At least 1, and so many sets that each tile starts at a cache line.</summary>
    private static nint Aligned(nint width, Geometry geometry, nint setBytes)
    {
        nint step = 1;
        while (step * setBytes % Line != 0) step *= 2;
        return Math.Min(geometry.Groups, Math.Max(1, Tiles.Ceiling(width, step)) * step);
    }
}
