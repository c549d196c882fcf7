using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>A job that goes over tiles of x, possibly several times.</summary>
internal abstract class TiledJob : Job
{
    private Tiles tiles;
    private Action<Tile> visit = null!;
    private bool backwards;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override void Run(int task)
    {
        for (nint index = tiles.First(task), end = tiles.First(task + 1); index < end; index++) visit(tiles[backwards ? tiles.Count - 1 - index : index]);
        Lanes.Fence();
    }

    /// <summary>How many elements further on lies what is read next: the next sample of the tile, or the next tile.</summary>
    protected static nint Ahead(in Geometry geometry, Tile tile, nint sample) =>
        sample + 1 < tile.Samples ? geometry.Stride : tile.Samples == 1 ? tile.Sets * geometry.Length : 0;

    /// <summary>Visits all tiles on the team's threads.</summary>
    protected void ForAll(Tiles over, Action<Tile> action) => ForAll(over, action, fromTheEnd: false);

    /// <summary>The same from the last to the first: what a pass before left in the caches is its end.</summary>
    protected void ForAllFromTheEnd(Tiles over, Action<Tile> action) => ForAll(over, action, fromTheEnd: true);

    private void ForAll(Tiles over, Action<Tile> action, bool fromTheEnd)
    {
        (tiles, visit, backwards) = (over, action, fromTheEnd);
        Team.Run(this, over.Tasks);
    }
}
