namespace NormCore.Kernels;

/// <summary>The forward pass over rows whose elements have a γ and β each.</summary>
internal sealed unsafe class RowForward<E, T> : ForwardJob<E, T>
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    private readonly T* gamma;
    private readonly T* beta;

    public RowForward(in Geometry geometry, ForwardArguments<E> given, Scratch scratch)
        : base(Layout.OfRows(geometry, sizeof(E)), given, scratch)
    {
        gamma = Affine.WidenOrFill<E, T>(given.Affine.Gamma, given.Affine.Type, geometry.Parameters, geometry.Run, 1, scratch);
        beta = Affine.WidenOrFill<E, T>(given.Affine.Beta, given.Affine.Type, geometry.Parameters, geometry.Run, 0, scratch);
    }

    protected override void Measure(Tile tile, Moment* into) =>
        RunMoments<E, T>.Of(Given.X + tile.Offset, 1, 0, tile.Sets, Layout.Geometry.Length, Given.Centered, into);

    protected override void Apply(Tile tile)
    {
        var n = Layout.Geometry.Length;
        for (nint row = 0; row < tile.Sets; row++)
        {
            var (at, of, parameter) = (tile.Offset + row * n, Coefficients + (tile.Set + row), (tile.Set + row) % Layout.Period * n);
            RowMaps<E, T>.Apply(Given.X + at, Given.Y + at, n, *of.M, *of.A, *of.B, gamma + parameter, beta + parameter, Streams);
        }
    }
}
