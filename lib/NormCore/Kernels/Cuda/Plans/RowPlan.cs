using System.Numerics;

namespace NormCore.Kernels;

/// <summary>How rows are dealt out to threads: a row to Threads threads with Vectors packets each, Block / Threads rows to a block at a time.</summary>
/// <param name="Vector">Elements of a packet.</param>
/// <param name="Threads">Of a row, in each block of a cluster.</param>
/// <param name="Block">Threads of a block.</param>
/// <param name="Vectors">Packets of a thread.</param>
/// <param name="Stages">Backward: 2 where the next row is copied while one is computed.</param>
/// <param name="Cluster">Backward: blocks that share a row.</param>
/// <param name="Parts">Backward: blocks, or clusters, that share the rows of a group, each with its part of dγ and dβ.</param>
/// <param name="SharedBytes">Of a block.</param>
internal readonly record struct RowPlan(int Vector, int Threads, int Block, int Vectors, int Stages, int Cluster, long Parts, int SharedBytes)
{
    /// <summary>Two sets of places for sums of 32 warps and the block; as in reductions.cu.</summary>
    public const int WorkspaceBytes = 544;

    private const int MostThreads = 1024;
    private const int WantedVectors = 4; // 64 bytes under way per thread cover the latency of memory at half the occupancy
    private const int BytesUnderWay = 64 * 1024; // per multiprocessor, backward: several times what latency · bandwidth asks for

    /// <summary>Rows at a time in a block.</summary>
    public int Rows => Block / Threads;

    /// <summary>Forward, or null where a row does not fit the registers of a block: 24 of 64 per thread hold it at 1024 threads.</summary>
    public static RowPlan? Forward(Geometry geometry, CudaElement element, int vector)
    {
        var packets = Ceiling(geometry.Length, vector);
        var threads = ThreadsFor(packets, WantedVectors, MostThreads);
        var vectors = Ceiling(packets, threads);
        var most = vector * VectorWidth.BytesOf(element) == 16 ? 6 : 12;
        if (vectors > most) return null;
        // A warp or less per row needs no barrier, so that its block may have several rows.
        var block = threads <= 32 ? 128 : threads;
        return new RowPlan(vector, threads, block, (int)vectors, 1, 1, 0, WorkspaceBytes);
    }

    /// <summary>Backward, or null where not even a cluster holds a row.</summary>
    public static RowPlan? Backward(Geometry geometry, CudaElement element, int vector, DeviceProperties properties)
    {
        var bytes = vector * VectorWidth.BytesOf(element);
        // dγ and dβ of 32 elements take 64 registers of the 128 that each of 512 threads has.
        var most = Math.Min(16, 32 / vector);
        RowPlan? single = null;
        for (var cluster = 1; cluster <= (properties.Major >= 9 ? 8 : 1); cluster *= 2)
        {
            var packets = Ceiling(Ceiling(geometry.Length, vector), cluster);
            if (cluster > 1 && packets < 64) break; // fewer than two warps' worth
            var threads = ThreadsFor(packets, Math.Min(WantedVectors, most), 512);
            if (cluster > 1) threads = Math.Max(64, threads);
            var vectors = (int)Ceiling(packets, threads);
            if (vectors > most) continue;
            var block = threads <= 32 ? 256 : threads;
            var stage = vectors * 2 * block * bytes;
            for (var stages = 2; stages >= 1; stages--)
            {
                var shared = WorkspaceBytes + stages * stage;
                if (shared > properties.SharedBytesPerBlock) continue;
                var plan = new RowPlan(vector, threads, block, vectors, stages, cluster, 0, shared);
                plan = plan with { Parts = PartsOf(plan, geometry, properties, stage) };
                if (stages == 2) return plan;
                single ??= plan;
            }
        }
        return single;
    }

    private static long PartsOf(RowPlan plan, Geometry geometry, DeviceProperties properties, int stageBytes)
    {
        var resident = Math.Clamp(BytesUnderWay / stageBytes, 1, Math.Clamp(properties.SharedBytesPerBlock / plan.SharedBytes, 1, 4));
        var filling = Math.Max(1, (long)properties.Multiprocessors * resident / (geometry.Groups * plan.Cluster));
        // With fewer than 8 rows a block, what it leaves in parts would outweigh what it reads.
        var worthwhile = Math.Max(Ceiling(properties.Multiprocessors, (long)geometry.Groups * plan.Cluster), Ceiling(geometry.Outer, 8L * plan.Rows));
        return Math.Max(1, Math.Min(Ceiling(geometry.Outer, plan.Rows), Math.Min(filling, worthwhile)));
    }

    // As few threads as hold the row, down to one: then neighbouring threads have neighbouring rows.
    private static int ThreadsFor(long packets, int vectors, int most)
    {
        if (packets <= 32) return (int)BitOperations.RoundUpToPowerOf2((uint)packets);
        var threads = 32;
        while (threads < most && (long)threads * vectors < packets) threads *= 2;
        return threads;
    }

    private static long Ceiling(long n, long size) => (n + size - 1) / size;
}
