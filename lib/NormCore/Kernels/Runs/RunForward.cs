namespace NormCore.Kernels;

/// <summary>The forward pass over long contiguous runs.</summary>
internal sealed unsafe class RunForward<E, T> : ForwardJob<E, T>
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    public RunForward(in Geometry geometry, ForwardArguments<E> given, Scratch scratch)
        : base(Layout.OfRuns(geometry, sizeof(E)), given, scratch)
    {
        Gamma = Affine.Widen<E, T>(given.Affine.Gamma, given.Affine.Type, geometry.Parameters, 1, scratch);
        Beta = Affine.Widen<E, T>(given.Affine.Beta, given.Affine.Type, geometry.Parameters, 1, scratch);
    }

    protected override void Measure(Tile tile, Moment* into) =>
        RunMoments<E, T>.Of(Given.X + tile.Offset, tile.Samples, Layout.Geometry.Stride, tile.Sets, Layout.Geometry.Length, Given.Centered, into);

    protected override void Apply(Tile tile)
    {
        var (channels, stride) = (Layout.Geometry.Channels, Layout.Geometry.Stride);
        for (nint sample = 0; sample < tile.Samples; sample++)
        {
            var (at, ahead) = (tile.Offset + sample * stride, sample + 1 < tile.Samples ? stride : 0);
            RunMaps<E, T>.Apply(Given.X + at, Given.Y + at, tile.Sets * channels, Layout.Geometry.Run, Coefficients + tile.Set * channels, Streams, ahead);
        }
    }
}
