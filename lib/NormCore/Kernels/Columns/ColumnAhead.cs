using System.Numerics;
using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>What a pass over columns, four rows at a time, asks for before it needs it.</summary>
internal static unsafe class ColumnAhead
{
    // So many elements at least, that memory comes in time.
    private const nint Least = 2048;

    /// <summary>How many elements further on memory is asked for; 0, not at all, where other columns lie between the rows: it would be theirs.</summary>
    public static nint Of(nint columns, nint stride) => columns == stride ? Math.Max(4 * stride, Least) : 0;

    /// <summary>Asks for the share of one vector of the four rows that begin at x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask<E, T>(E* x, nint j, nint ahead)
        where E : unmanaged, IElement<E, T>
        where T : unmanaged
    {
        if (ahead == 0) return;
        Lanes.Prefetch(x + ahead + 4 * j);
        Lanes.Prefetch(x + ahead + 4 * j + 2 * Vector<T>.Count);
    }
}
