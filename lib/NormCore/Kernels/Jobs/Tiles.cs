namespace NormCore.Kernels;

/// <summary>A piece of x: some samples of some neighbouring sets.</summary>
/// <param name="Chunk">Which chunk of samples it is.</param>
/// <param name="Sample">Its first sample, of <paramref name="Samples"/>.</param>
/// <param name="Samples">How many samples.</param>
/// <param name="Set">Its first set among all, of <paramref name="Sets"/>.</param>
/// <param name="Sets">How many sets.</param>
/// <param name="Offset">The elements of x before its first one.</param>
internal readonly record struct Tile(nint Chunk, nint Sample, nint Samples, nint Set, nint Sets, nint Offset);

/// <summary>x cut into tiles of so many samples (the height) and sets (the width) at most, in the order of memory as far as that goes.</summary>
/// <remarks>A function of the geometry alone, so that the same sums are formed on any number of threads.</remarks>
internal readonly struct Tiles
{
    /// <summary>So many tasks occupy the threads of most machines.</summary>
    public const nint TasksWanted = 16;

    private const nint ElementsShared = 32 * 1024;
    private const nint ElementsOfTask = 8 * 1024;

    private readonly Geometry geometry;
    private readonly nint height;
    private readonly nint width;
    private readonly nint across;

    public Tiles(Geometry geometry, nint height, nint width)
    {
        (this.geometry, this.height, this.width) = (geometry, height, width);
        across = Ceiling(geometry.Groups, width);
        Chunks = Ceiling(geometry.Samples, height);
        Count = geometry.Outer * Chunks * across;
        Tasks = (int)Math.Min(Count, Math.Max(Worthwhile(geometry), geometry.Elements / ElementsShared));
    }

    /// <summary>How many chunks the samples of a set are cut into.</summary>
    public nint Chunks { get; }

    public nint Count { get; }

    /// <summary>How many tasks there are; each has the tiles from First to the next task's First.</summary>
    public int Tasks { get; }

    public nint First(int task) => Count / Tasks * task + Math.Min(task, Count % Tasks);

    public Tile this[nint index]
    {
        get
        {
            var (row, column) = (index / across, index % across);
            var (outer, chunk) = (row / Chunks, row % Chunks);
            nint sample = chunk * height, group = column * width;
            return new Tile(
                chunk, sample, Math.Min(height, geometry.Samples - sample),
                outer * geometry.Groups + group, Math.Min(width, geometry.Groups - group),
                (outer * geometry.Samples + sample) * geometry.Stride + group * geometry.Length);
        }
    }

    /// <summary>How many tasks a small geometry is worth: one where threads would take longer to start than to compute.</summary>
    public static nint Worthwhile(in Geometry geometry) =>
        geometry.Elements < ElementsShared ? 1 : Math.Min(TasksWanted, geometry.Elements / ElementsOfTask);

    public static nint Ceiling(nint n, nint divisor) => (n + divisor - 1) / divisor;
}
