using System.Numerics;

namespace NormCore.Kernels;

/// <summary>How sets that lie across memory are held on the chip: tiles of Lanes packets of columns, all rows of one in a block or a cluster.</summary>
/// <param name="Vector">Elements of a packet.</param>
/// <param name="Lanes">Threads side by side.</param>
/// <param name="Block">Threads of a block.</param>
/// <param name="Cluster">Blocks that share the rows of a tile.</param>
/// <param name="Tiles">Of the columns.</param>
/// <param name="Blocks">All of them.</param>
/// <param name="BlockRows">Rows of a block; the last ones of a cluster may have fewer, or none.</param>
/// <param name="SharedBytes">Of a block.</param>
internal readonly record struct ColumnOncePlan(int Vector, int Lanes, int Block, int Cluster, long Tiles, long Blocks, long BlockRows, int SharedBytes)
{
    private const int BytesWorthABlock = 40 * 1024; // fewer are read in the time that a cluster's barriers take

    // Memory is read in sectors of 32 bytes, and fetched from DRAM in pairs of them.
    private static readonly int[] TileBytes = [64, 32];

    /// <summary>The widest tile in the fewest blocks that keep the device busy; null where two reads are better.</summary>
    /// <param name="geometry">The sets.</param>
    /// <param name="element">The type of x.</param>
    /// <param name="vector">Elements of a packet.</param>
    /// <param name="arrays">How many tensors are held: 1 forward, 2 backward.</param>
    /// <param name="properties">The device.</param>
    public static ColumnOncePlan? Of(Geometry geometry, CudaElement element, int vector, int arrays, DeviceProperties properties)
    {
        // A set of several columns could lie in two tiles.
        if (geometry.Run > 1) return null;
        // 1 KiB of each block's shared memory is the system's. Two blocks on a multiprocessor read while the other computes or writes.
        var forTwo = (properties.SharedBytesPerBlock + 1024) / 2 - 1024;
        ColumnOncePlan? best = null;
        foreach (var width in TileBytes)
            for (var cluster = 1; cluster <= (properties.Major >= 9 ? 8 : 1); cluster *= 2)
            {
                var plan = Of(geometry, element, vector, arrays, width, cluster, forTwo);
                if (plan.SharedBytes > properties.SharedBytesPerBlock) continue;
                // Dealt out to every multiprocessor, or too little to be worth it.
                if (plan.SharedBytes <= forTwo && (plan.Blocks >= properties.Multiprocessors || plan.SharedBytes <= BytesWorthABlock)) return IsWorthIt(plan) ? plan : null;
                if (best is null || plan.Blocks > best.Value.Blocks) best = plan;
            }
        return best is { } other && IsWorthIt(other) ? other : null;

        // Two reads move 3/2 of the bytes forward and 5/3 backward: better only where one read left a third of their multiprocessors idle.
        bool IsWorthIt(ColumnOncePlan plan)
        {
            var twice = ColumnPlan.Of(geometry.Samples, geometry.Stride, vector);
            return 3 * plan.Blocks >= 2 * Math.Min(properties.Multiprocessors, geometry.Outer * twice.Chunks * twice.Tiles);
        }
    }

    private static ColumnOncePlan Of(Geometry geometry, CudaElement element, int vector, int arrays, int width, int cluster, int forTwo)
    {
        var packet = vector * VectorWidth.BytesOf(element);
        var packets = geometry.Stride / vector;
        var lanes = (int)Math.Min((ulong)(width / packet), BitOperations.RoundUpToPowerOf2((ulong)packets));
        var rows = Ceiling(geometry.Samples, cluster);
        var bytes = rows * lanes * packet * arrays;
        // The more there is to hold, the fewer blocks are there to hide each other's waiting.
        var block = bytes > forTwo ? 512 : bytes >= 16384 ? 256 : 128;
        var slots = Ceiling(rows, block / lanes);
        var places = Ceiling((block / 32 + 3) * 2 * lanes * vector * sizeof(float), 16) * 16;
        var shared = places + slots * block * packet * arrays;
        var tiles = Ceiling(packets, lanes);
        return new ColumnOncePlan(vector, lanes, block, cluster, tiles, geometry.Outer * tiles * cluster, rows, (int)Math.Min(int.MaxValue, shared));
    }

    private static long Ceiling(long n, long size) => (n + size - 1) / size;
}
