namespace NormCore.Kernels;

/// <summary>The forward pass over sets that lie across memory.</summary>
internal sealed unsafe class ColumnForward<E, T> : ForwardJob<E, T>
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    public ColumnForward(in Geometry geometry, ForwardArguments<E> given, Scratch scratch)
        : base(Layout.OfColumns(geometry), given, scratch)
    {
        Gamma = Affine.Widen<E, T>(given.Affine.Gamma, given.Affine.Type, geometry.Parameters, geometry.Run, scratch);
        Beta = Affine.Widen<E, T>(given.Affine.Beta, given.Affine.Type, geometry.Parameters, geometry.Run, scratch);
    }

    protected override void Measure(Tile tile, Moment* into) =>
        ColumnMoments<E, T>.Of(Given.X + tile.Offset, tile.Samples, tile.Sets * Layout.Geometry.Length, Layout.Geometry.Stride, Given.Centered, into);

    protected override void Apply(Tile tile)
    {
        var length = Layout.Geometry.Length;
        ColumnMaps<E, T>.Apply(Given.X + tile.Offset, Given.Y + tile.Offset, tile.Samples, tile.Sets * length, Layout.Geometry.Stride, Coefficients + tile.Set * length, Streams);
    }
}
