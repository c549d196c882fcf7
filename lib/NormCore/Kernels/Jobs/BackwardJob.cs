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
    private readonly UnitSums* sums = scratch.Take<UnitSums>(layout.Measured.Chunks * layout.Geometry.Sets * layout.Units);

    protected bool Streams => Layout.Geometry.Elements * sizeof(E) >= Layout.StreamedBytes;

    /// <summary>γ for each unit of the first <see cref="Layout.Period"/> sets, or null for 1.</summary>
    protected T* Gamma { get; init; }

    /// <summary>How many neighbouring units share a γ.</summary>
    protected nint Repeat { get; init; } = 1;

    /// <summary>For each unit.</summary>
    protected Coefficients<T> Coefficients { get; } = new(scratch, layout.Geometry.Sets * layout.Units);

    public void Backward()
    {
        for (nint set = 0; set < Layout.Geometry.Sets; set++) RoundMean(set);
        if (Layout.Measured.Chunks == 1)
        {
            ForAll(Layout.Measured, Backward);
        }
        else
        {
            ForAll(Layout.Measured, tile => Sum(tile, SumsOf(tile.Chunk, tile.Set)));
            for (nint set = 0; set < Layout.Geometry.Sets; set++) Prepare(set);
            if (Given.Dx != null) ForAllFromTheEnd(Layout.Applied, Apply);
        }
        ParameterGradients();
    }

    /// <summary>Σ dy and Σ dy (x − M) of the units of a tile.</summary>
    protected abstract void Sum(Tile tile, UnitSums* into);

    protected abstract void Apply(Tile tile);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(Tile tile)
    {
        Sum(tile, SumsOf(0, tile.Set));
        for (var set = tile.Set; set < tile.Set + tile.Sets; set++) Prepare(set);
        if (Given.Dx != null) Apply(tile);
    }

    private UnitSums* SumsOf(nint chunk, nint set) => sums + chunk * units + set * Layout.Units;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RoundMean(nint set)
    {
        var of = Coefficients + set * Layout.Units;
        for (nint unit = 0; unit < Layout.Units; unit++) of.M[unit] = Lanes.Narrow<T>(Given.Mean[set]);
    }

    /// <summary>With g = γ dy: dx = r (g − 1/m Σ g − x̂ 1/m Σ g x̂), where x̂ = r (x − M) − r rest and μ = M + rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Prepare(nint set)
    {
        var (mean, rstd) = (Given.Mean[set], 1 / Math.Sqrt(Given.Variance[set] + Given.Eps));
        var rest = mean - Lanes.Widen(Lanes.Narrow<T>(mean));
        var of = Coefficients + set * Layout.Units;
        var gamma = Gamma == null ? null : Gamma + Layout.Parameter(set);
        double sumG = 0, sumGXhat = 0;
        for (nint unit = 0; unit < Layout.Units; unit++)
        {
            var whole = SumsOf(0, set)[unit];
            for (nint chunk = 1; chunk < Layout.Measured.Chunks; chunk++) whole.Add(SumsOf(chunk, set)[unit]);
            whole.DyXhat = (whole.DyXhat - rest * whole.Dy) * rstd;
            SumsOf(0, set)[unit] = whole;
            sumG += GammaOf(gamma, unit) * whole.Dy;
            sumGXhat += GammaOf(gamma, unit) * whole.DyXhat;
        }
        var meanTerm = Given.MeanMoves ? -rstd * sumG / Layout.Geometry.Count : 0;
        var varianceTerm = Given.VarianceMoves ? -rstd * sumGXhat / Layout.Geometry.Count : 0;
        for (nint unit = 0; unit < Layout.Units; unit++)
        {
            of.A[unit] = Lanes.Narrow<T>(rstd * GammaOf(gamma, unit));
            of.R[unit] = Lanes.Narrow<T>(rstd);
            of.B[unit] = Lanes.Narrow<T>(varianceTerm);
            of.C[unit] = Lanes.Narrow<T>(meanTerm - varianceTerm * rstd * rest);
        }
    }

    private static double GammaOf(T* gamma, nint unit) => gamma == null ? 1 : Lanes.Widen(gamma[unit]);

    /// <summary>dγ = Σ dy x̂ and dβ = Σ dy over all units that share them, in the order of memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ParameterGradients()
    {
        if (Given.Gradient.Gamma == 0 && Given.Gradient.Beta == 0) return;
        var count = Layout.Period * Layout.Units / Repeat;
        var total = scratch.Take<UnitSums>(count);
        new Span<UnitSums>(total, checked((int)count)).Clear();
        for (nint set = 0; set < Layout.Geometry.Sets; set++)
        {
            var of = SumsOf(0, set);
            var first = Layout.Parameter(set);
            for (nint unit = 0; unit < Layout.Units; unit++) total[Repeat == 1 ? first + unit : (first + unit) / Repeat].Add(of[unit]);
        }
        UnitSums.Write<E, T>(total, count, Given.Gradient);
    }
}
