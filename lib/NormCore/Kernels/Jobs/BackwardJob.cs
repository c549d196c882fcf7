using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>One backward pass: Σ dy and Σ dy x̂ of each unit, from them dγ, dβ and the coefficients of dx = A dy + B R (x − M) + C, then dx.</summary>
/// <remarks>Where a tile holds all samples of its sets, the last follows on the first while the tile is in cache.</remarks>
internal abstract unsafe class BackwardJob<E, T>(Layout layout, BackwardArguments<E> given, Scratch scratch) : TiledJob
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    protected readonly Layout Layout = layout;
    protected readonly BackwardArguments<E> Given = given;
    private readonly nint units = layout.Geometry.Sets * layout.Units;
    private readonly UnitSums sums = new(scratch, layout.Measured.Chunks * layout.Geometry.Sets * layout.Units);

    protected bool Streams => Layout.Geometry.Elements * sizeof(E) >= Layout.StreamedBytes;

    /// <summary>γ for each unit of the first <see cref="Layout.Period"/> sets, or null for 1.</summary>
    protected T* Gamma { get; init; }

    /// <summary>How many neighbouring units share a γ.</summary>
    protected nint Repeat { get; init; } = 1;

    /// <summary>For each unit.</summary>
    protected Coefficients<T> Coefficients { get; } = new(scratch, layout.Geometry.Sets * layout.Units);

    public void Backward()
    {
        RoundMeans();
        if (Layout.Measured.Chunks == 1)
        {
            ForAll(Layout.Measured, Backward);
        }
        else
        {
            ForAll(Layout.Measured, tile => Sum(tile, SumsOf(tile.Chunk, tile.Set)));
            for (nint chunk = 1; chunk < Layout.Measured.Chunks; chunk++) sums.Add(SumsOf(chunk, 0), units);
            Prepare(0, Layout.Geometry.Sets);
            if (Given.Dx != null) ForAllFromTheEnd(Layout.Applied, Apply);
        }
        ParameterGradients();
    }

    /// <summary>Σ dy and Σ dy (x − M) of the units of a tile.</summary>
    protected abstract void Sum(Tile tile, UnitSums into);

    protected abstract void Apply(Tile tile);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(Tile tile)
    {
        Sum(tile, SumsOf(0, tile.Set));
        Prepare(tile.Set, tile.Sets);
        if (Given.Dx != null) Apply(tile);
    }

    private UnitSums SumsOf(nint chunk, nint set) => sums + chunk * units + set * Layout.Units;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RoundMeans()
    {
        var m = Coefficients.M;
        for (nint set = 0; set < Layout.Geometry.Sets; set++)
            for (nint unit = 0; unit < Layout.Units; unit++) *m++ = Lanes.Narrow<T>(Given.Mean[set]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Prepare(nint first, nint sets)
    {
        var parameter = Layout.Parameter(first);
        var coefficients = new BackwardCoefficients<T>(Given.Eps, Layout.Geometry.Count, Given.MeanMoves, Given.VarianceMoves);
        if (Layout.Units == 1 && parameter + sets <= Layout.Period)
            coefficients.OfEach(Given.Mean + first, Given.Variance + first, GammaAt(parameter), sets, sums + first, Coefficients + first);
        else
            for (var set = first; set < first + sets; set++, parameter = Layout.Next(parameter))
                coefficients.Of(Given.Mean[set], Given.Variance[set], GammaAt(parameter), Layout.Units, SumsOf(0, set), Coefficients + set * Layout.Units);
    }

    private T* GammaAt(nint parameter) => Gamma == null ? null : Gamma + parameter;

    /// <summary>dγ = Σ dy x̂ and dβ = Σ dy over all units that share them, in the order of memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ParameterGradients()
    {
        if (Given.Gradient.Gamma == 0 && Given.Gradient.Beta == 0) return;
        var (period, count) = (Layout.Period * Layout.Units, Layout.Period * Layout.Units / Repeat);
        if (period == units && Repeat == 1)
        {
            sums.Write<E, T>(count, Given.Gradient);
            return;
        }
        var total = new UnitSums(scratch, count);
        total.Clear(count);
        for (nint at = 0; at < units; at += period)
            if (Repeat == 1) total.Add(sums + at, period);
            else
                for (nint unit = 0; unit < period; unit++) (total + unit / Repeat).Add(sums + (at + unit), 1);
        total.Write<E, T>(count, Given.Gradient);
    }
}
