namespace NormCore.Kernels;

/// <summary>A job that goes over tiles of x, possibly several times.</summary>
internal abstract class TiledJob : Job
{
    private Tiles tiles;
    private Action<Tile> visit = null!;

    public sealed override void Run(int task)
    {
        for (nint index = tiles.First(task), end = tiles.First(task + 1); index < end; index++) visit(tiles[index]);
        Lanes.Fence();
    }

    /// <summary>Visits all tiles on the team's threads.</summary>
    protected void ForAll(Tiles over, Action<Tile> action)
    {
        (tiles, visit) = (over, action);
        Team.Run(this, over.Tasks);
    }
}
