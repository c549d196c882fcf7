using System.Numerics;

namespace NormCore.Kernels;

/// <summary>How sets that lie across memory are dealt out: tiles of Lanes packets of columns, chunks of rows.</summary>
/// <param name="Vector">Elements of a packet.</param>
/// <param name="Lanes">Threads side by side.</param>
/// <param name="Held">Packets that a thread keeps in registers while moments are taken.</param>
/// <param name="Tiles">Of the columns.</param>
/// <param name="Columns">Of x seen as rows.</param>
/// <param name="Rows">Of each outer part.</param>
/// <param name="ChunkRows">Of a chunk.</param>
/// <param name="Chunks">Of the rows.</param>
internal readonly record struct ColumnPlan(int Vector, int Lanes, int Held, long Tiles, long Columns, long Rows, long ChunkRows, long Chunks)
{
    /// <summary>Threads of a block: two of these with 16 packets each in registers share a multiprocessor.</summary>
    public const int Block = 256;

    /// <summary>For the sums of columns over threads.</summary>
    public int SharedBytes => Block * Vector * sizeof(float);

    /// <summary>x[…][rows][columns].</summary>
    public static ColumnPlan Of(long rows, long columns, int vector)
    {
        var packets = columns / vector;
        // A warp's width at most; the narrower, the more rows a block has at once.
        var lanes = (int)Math.Min(32, BitOperations.RoundUpToPowerOf2((ulong)packets));
        var rowLanes = Block / lanes;
        var held = rows <= 4 * rowLanes ? 4 : 16;
        var chunk = (long)held * rowLanes;
        return new ColumnPlan(vector, lanes, held, Ceiling(packets, lanes), columns, rows, chunk, Ceiling(rows, chunk));
    }

    private static long Ceiling(long n, long size) => (n + size - 1) / size;
}
