using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>The backward pass over sets that lie across memory.</summary>
internal sealed unsafe class ColumnBackward<E, T> : BackwardJob<E, T>
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    private const int Together = 1024;

    public ColumnBackward(in Geometry geometry, BackwardArguments<E> given, Scratch scratch)
        : base(Layout.OfColumns(geometry), given, scratch)
    {
        Repeat = geometry.Run;
        Gamma = Affine.Widen<E, T>(given.Affine.Gamma, given.Affine.Type, geometry.Parameters, geometry.Run, scratch);
    }

    protected override void Sum(Tile tile, UnitSums into)
    {
        var (columns, at) = (tile.Sets * Layout.Geometry.Length, Coefficients + tile.Set * Layout.Geometry.Length);
        for (nint j = 0; j < columns; j += Together)
            SumFew(tile.Offset + j, tile.Samples, Math.Min(Together, columns - j), at.M + j, into + j);
    }

    protected override void Apply(Tile tile)
    {
        var (length, at) = (Layout.Geometry.Length, tile.Offset);
        ColumnMaps<E, T>.Gradient(
            Given.Dy + at, Given.X + at, Given.Dx + at, tile.Samples, tile.Sets * length, Layout.Geometry.Stride, Coefficients + tile.Set * length, Streams);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumFew(nint offset, nint rows, nint n, T* mean, UnitSums into)
    {
        T* someDy = stackalloc T[Together], someProducts = stackalloc T[Together];
        into.Clear(n);
        for (nint row = 0; row < rows; row += ColumnSums<E, T>.Block)
        {
            var (at, height) = (offset + row * Layout.Geometry.Stride, Math.Min(ColumnSums<E, T>.Block, rows - row));
            new Span<T>(someDy, (int)n).Clear();
            new Span<T>(someProducts, (int)n).Clear();
            ColumnSums<E, T>.Products(Given.Dy + at, Given.X + at, height, n, Layout.Geometry.Stride, mean, someDy, someProducts);
            Lanes.AddTo(into.Dy, someDy, n);
            Lanes.AddTo(into.DyXhat, someProducts, n);
        }
    }
}
