using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>The backward pass over long contiguous runs.</summary>
internal sealed unsafe class RunBackward<E, T> : BackwardJob<E, T>
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    private const int Together = 64;
    private const nint Block = 8192;

    public RunBackward(in Geometry geometry, BackwardArguments<E> given, Scratch scratch)
        : base(Layout.OfRuns(geometry, sizeof(E), 2), given, scratch) =>
        Gamma = Affine.Widen<E, T>(given.Affine.Gamma, given.Affine.Type, geometry.Parameters, 1, scratch);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Sum(Tile tile, UnitSums into)
    {
        var (runs, at) = (tile.Sets * Layout.Geometry.Channels, Coefficients + tile.Set * Layout.Geometry.Channels);
        var few = tile.Samples == 1 ? 1 : Together;
        for (nint run = 0; run < runs; run += few)
            SumFew(tile.Offset + run * Layout.Geometry.Run, tile.Samples, Math.Min(few, runs - run), at.M + run, into + run);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Apply(Tile tile)
    {
        var (channels, stride) = (Layout.Geometry.Channels, Layout.Geometry.Stride);
        for (nint sample = 0; sample < tile.Samples; sample++)
        {
            var (at, ahead) = (tile.Offset + sample * stride, Ahead(Layout.Geometry, tile, sample));
            RunMaps<E, T>.Gradient(Given.Dy + at, Given.X + at, Given.Dx + at, tile.Sets * channels, Layout.Geometry.Run, Coefficients + tile.Set * channels, Streams, ahead);
        }
    }

    /// <summary>In the order of memory, sample by sample; what lanes have summed goes into doubles after each block.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumFew(nint offset, nint samples, nint runs, T* mean, UnitSums into)
    {
        var sums = stackalloc Sums<T>[Together];
        var (n, stride) = (Layout.Geometry.Run, Layout.Geometry.Stride);
        nint samplesOfBlock = Math.Max(1, Block / n), lengthOfBlock = Math.Min(n, Block);
        into.Clear(runs);
        for (nint first = 0; first < samples; first += samplesOfBlock)
            for (nint i = 0; i < n; i += lengthOfBlock)
            {
                for (nint run = 0; run < runs; run++) sums[run] = default;
                for (var sample = first; sample < Math.Min(samples, first + samplesOfBlock); sample++)
                    for (nint run = 0; run < runs; run++)
                    {
                        var at = offset + sample * stride + run * n + i;
                        RunSums<E, T>.Products(Given.Dy + at, Given.X + at, Math.Min(lengthOfBlock, n - i), mean[run], sums + run, sample + 1 < samples ? stride : 0);
                    }
                for (nint run = 0; run < runs; run++)
                {
                    var (dy, products) = sums[run].Total;
                    into.Dy[run] += dy;
                    into.DyXhat[run] += products;
                }
            }
    }
}
