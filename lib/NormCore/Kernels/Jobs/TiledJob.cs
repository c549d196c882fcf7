using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>A job that goes over tiles of x, possibly several times.</summary>
internal abstract class TiledJob : Job
{
    private Tiles tiles;
    private Action<Tile> visit = null!;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override void Run(int task)
    {
        for (nint index = tiles.First(task), end = tiles.First(task + 1); index < end; index++) visit(tiles[index]);
        Lanes.Fence();
    }

    /// <summary>How many elements further on lies what is read next: the next sample of the tile, or the next tile.</summary>
    protected static nint Ahead(in Geometry geometry, Tile tile, nint sample) =>
        sample + 1 < tile.Samples ? geometry.Stride : tile.Samples == 1 ? tile.Sets * geometry.Length : 0;

    /// <summary>Visits all tiles on the team's threads.</summary>
    protected void ForAll(Tiles over, Action<Tile> action)
    {
        (tiles, visit) = (over, action);
        Team.Run(this, over.Tasks);
    }
}
