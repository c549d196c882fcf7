namespace NormCore.Kernels;

/// <summary>How sets made of runs are dealt out: pieces to teams of Lanes threads, pieces to blocks, and a set to a cluster or to chunks.</summary>
/// <param name="Vector">Elements of a packet.</param>
/// <param name="Gamma">Where γ lives: 0 one for the set, 1 one for each unit, 2 one for each <paramref name="Repeat"/> elements.</param>
/// <param name="Units">Runs of a set.</param>
/// <param name="UnitStride">Elements from one to the next.</param>
/// <param name="Run">Elements of one.</param>
/// <param name="Repeat">Elements that share a γ where Gamma is 2.</param>
/// <param name="Block">Threads of a block.</param>
/// <param name="Lanes">Threads of a team.</param>
/// <param name="Segments">Pieces of a unit.</param>
/// <param name="Segment">Elements of one.</param>
/// <param name="Pieces">Of a block.</param>
/// <param name="Blocks">Of a set: a cluster, or chunks.</param>
/// <param name="SharedBytes">Of a block that holds its pieces.</param>
internal readonly record struct RunPlan(
    int Vector, int Gamma, long Units, long UnitStride, long Run, int Repeat,
    int Block, int Lanes, long Segments, long Segment, long Pieces, long Blocks, int SharedBytes)
{
    private const int BytesWorthABlock = 32 * 1024;

    /// <summary>All pieces of a set.</summary>
    public long AllPieces => Units * Segments;

    /// <summary>A set on chip: in a block or in a cluster of 2, 4 or 8; null where it fits neither.</summary>
    /// <param name="geometry">The sets.</param>
    /// <param name="element">The type of x.</param>
    /// <param name="vector">Elements of a packet.</param>
    /// <param name="arrays">How many tensors are held: 1 forward, 2 backward.</param>
    /// <param name="properties">The device.</param>
    public static RunPlan? OnChip(Geometry geometry, CudaElement element, int vector, int arrays, DeviceProperties properties)
    {
        var packet = vector * VectorWidth.BytesOf(element) * arrays;
        var bytes = (double)geometry.Count * VectorWidth.BytesOf(element) * arrays;
        // 1 KiB of each block's shared memory is the system's. Two blocks on a multiprocessor read while the other writes.
        var forTwo = (properties.SharedBytesPerBlock + 1024) / 2 - 1024;
        RunPlan? best = null;
        for (var cluster = 1; cluster <= (properties.Major >= 9 ? 8 : 1); cluster *= 2)
        {
            var block = (bytes / cluster) switch { >= 65536 => 512, >= 16384 => 256, >= 4096 => 128, _ => 64 };
            var plan = Of(geometry, vector, block, cluster);
            if (plan.AllPieces < cluster) break;
            var slots = Ceiling(plan.Pieces, block / plan.Lanes) * Ceiling(plan.Segment / vector, plan.Lanes);
            var shared = RowPlan.WorkspaceBytes + slots * block * packet;
            if (shared > properties.SharedBytesPerBlock) continue;
            best = plan with { SharedBytes = (int)shared };
            var fills = geometry.Sets * cluster >= 2 * properties.Multiprocessors;
            if (shared <= forTwo && (fills || bytes / cluster < 2 * BytesWorthABlock)) break;
        }
        return best;
    }

    /// <summary>A set in chunks of up to 12 packets a thread: 48 KiB, of which four blocks fit a multiprocessor.</summary>
    public static RunPlan Chunked(Geometry geometry, CudaElement element, int vector, DeviceProperties properties)
    {
        var packet = vector * VectorWidth.BytesOf(element);
        var block = geometry.Count / vector >= 256 ? 256 : 64;
        var most = (int)Math.Clamp((properties.SharedBytesPerBlock - RowPlan.WorkspaceBytes) / (block * packet), 1, 12);
        var plan = Of(geometry, vector, block, 1);
        var packets = Math.Min(Ceiling(plan.Run / vector, 1), (long)Math.Min(4, most) * plan.Lanes);
        var perPiece = Ceiling(packets, plan.Lanes);
        plan = plan with { Segment = packets * vector, Segments = Ceiling(plan.Run, packets * vector) };
        var pieces = Math.Min(plan.AllPieces, block / plan.Lanes * Math.Max(1, most / perPiece));
        var slots = Ceiling(pieces, block / plan.Lanes) * perPiece;
        return plan with { Pieces = pieces, Blocks = Ceiling(plan.AllPieces, pieces), SharedBytes = (int)(RowPlan.WorkspaceBytes + slots * block * packet) };
    }

    private static RunPlan Of(Geometry geometry, int vector, int block, int blocks)
    {
        var isLongRow = !CudaPath.HasRuns(geometry);
        var (gamma, units, stride, run) = isLongRow ? (geometry.Parameters == geometry.Groups ? 0 : 2, 1, 0, geometry.Length)
            : geometry.Channels > 1 ? (1, geometry.Channels, geometry.Run, geometry.Run)
            : (0, geometry.Samples, geometry.Stride, geometry.Run);
        var packets = run / vector;
        var lanes = LanesFor(packets);
        var teams = block / lanes;
        long segments = 1, segment = packets;
        if (Ceiling(units, blocks) < teams)
        {
            // Fewer units than teams: each is cut, into pieces of whole rounds of lanes.
            segments = Math.Clamp(Ceiling((long)teams * blocks, units), 1, Math.Max(1, packets / lanes));
            segment = Ceiling(Ceiling(packets, segments), lanes) * lanes;
            segments = Ceiling(packets, segment);
        }
        return new RunPlan(vector, gamma, units, stride, run, isLongRow ? (int)geometry.Run : 1, block, lanes,
            segments, segment * vector, Ceiling(units * segments, blocks), blocks, 0);
    }

    // The widest team whose last round is not much emptier than that of a narrower one.
    private static int LanesFor(long packets)
    {
        var (best, bestFull) = (32, 0.0);
        for (var lanes = 32; lanes >= 2; lanes /= 2)
        {
            var full = (double)packets / (Ceiling(packets, lanes) * lanes);
            if (full > bestFull + 0.05) (best, bestFull) = (lanes, full);
        }
        return best;
    }

    private static long Ceiling(long n, long size) => (n + size - 1) / size;
}
