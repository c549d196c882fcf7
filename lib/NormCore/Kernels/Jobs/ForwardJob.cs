using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>One forward pass: moments of tiles, from them the coefficients of y = (x − M) A + B, then y.</summary>
/// <remarks>Where a tile holds all samples of its sets, one follows on the other while the tile is in cache.</remarks>
internal abstract unsafe class ForwardJob<E, T>(Layout layout, ForwardArguments<E> given, Scratch scratch) : TiledJob
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    protected readonly Layout Layout = layout;
    protected readonly ForwardArguments<E> Given = given;
    private Moment* moments;

    protected bool Streams => Layout.Geometry.Elements * sizeof(E) >= Layout.StreamedBytes;

    /// <summary>γ for each unit of the first <see cref="Layout.Period"/> sets, or null for 1.</summary>
    protected T* Gamma { get; init; }

    /// <summary>β likewise, or null for 0.</summary>
    protected T* Beta { get; init; }

    /// <summary>For each unit.</summary>
    protected Coefficients<T> Coefficients { get; } = new(scratch, layout.Geometry.Sets * layout.Units);

    public void Statistics()
    {
        moments = scratch.Take<Moment>(Layout.Measured.Chunks * Layout.Geometry.Sets * Layout.Parts);
        ForAll(Layout.Measured, tile => Measure(tile, MomentsOf(tile.Chunk, tile.Set)));
        for (nint set = 0; set < Layout.Geometry.Sets; set++) Combine(set);
    }

    public void Apply()
    {
        Prepare(0, Layout.Geometry.Sets);
        ForAllFromTheEnd(Layout.Applied, Apply);
    }

    public void Forward()
    {
        if (Layout.Measured.Chunks > 1)
        {
            Statistics();
            Apply();
            return;
        }
        moments = scratch.Take<Moment>(Layout.Geometry.Sets * Layout.Parts);
        ForAll(Layout.Measured, Forward);
    }

    /// <summary>The moments of the parts of each set of a tile.</summary>
    protected abstract void Measure(Tile tile, Moment* into);

    protected abstract void Apply(Tile tile);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(Tile tile)
    {
        Measure(tile, MomentsOf(0, tile.Set));
        for (var set = tile.Set; set < tile.Set + tile.Sets; set++) Combine(set);
        Prepare(tile.Set, tile.Sets);
        Apply(tile);
    }

    private static double Square(double value) => value * value;

    private Moment* MomentsOf(nint chunk, nint set) => moments + (chunk * Layout.Geometry.Sets + set) * Layout.Parts;

    /// <summary>Mean and variance of a set from the moments of its parts in all chunks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Combine(nint set)
    {
        nint parts = Layout.Parts, next = Layout.Geometry.Sets * parts, end = Layout.Measured.Chunks * next;
        var first = MomentsOf(0, set);
        double count = Layout.Geometry.Count, mean = 0, offset = 0, squares = 0;
        if (Layout.Measured.Chunks == 1 && parts == 1)
        {
            (Given.Mean[set], Given.Variance[set]) = (first->Mean, first->SquaredDeviations / count);
            return;
        }
        for (nint chunk = 0; chunk < end; chunk += next)
            for (var part = first + chunk; part < first + chunk + parts; part++)
            {
                var weight = part->Count / count;
                mean += weight * part->Mean;
                offset += weight * (part->Mean - first->Mean);
            }
        for (nint chunk = 0; chunk < end; chunk += next)
            for (var part = first + chunk; part < first + chunk + parts; part++)
                squares += part->SquaredDeviations + part->Count * Square(part->Mean - first->Mean - offset);
        // Equal means stay as they are; infinite ones have no difference.
        Given.Mean[set] = double.IsFinite(offset) ? first->Mean + offset : mean;
        Given.Variance[set] = squares / count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Prepare(nint first, nint sets)
    {
        var parameter = Layout.Parameter(first);
        if (Layout.Units == 1 && parameter + sets <= Layout.Period)
            ForwardCoefficients<T>.OfEach(Given.Mean + first, Given.Variance + first, Given.Eps, Of(Gamma, parameter), Of(Beta, parameter), sets, Coefficients + first);
        else
            for (var set = first; set < first + sets; set++, parameter = Layout.Next(parameter))
                ForwardCoefficients<T>.Of(Given.Mean[set], Given.Variance[set], Given.Eps, Of(Gamma, parameter), Of(Beta, parameter), Layout.Units, Coefficients + set * Layout.Units);
    }

    private static T* Of(T* parameters, nint at) => parameters == null ? null : parameters + at;
}
