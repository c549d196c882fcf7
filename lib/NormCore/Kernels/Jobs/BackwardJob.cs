namespace NormCore.Kernels;

/// <summary>One backward pass: Σ dy and Σ dy x̂ of each unit, from them dγ, dβ and the coefficients of dx = A dy + B R (x − M) + C, then dx.</summary>
/// <remarks>Where a tile holds all samples of its sets, the last follows on the first while the tile is in cache.</remarks>
internal abstract unsafe class BackwardJob<E, T>(Layout layout, BackwardArguments<E> given, Scratch scratch) : TiledJob
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    private readonly nint units = layout.Geometry.Sets * layout.Units;
    private readonly UnitSums* sums = scratch.Take<UnitSums>(layout.Measured.Chunks * layout.Geometry.Sets * layout.Units);

    protected Layout Layout => layout;

    protected BackwardArguments<E> Given => given;

    protected bool Streams => layout.Geometry.Elements * sizeof(E) >= Layout.StreamedBytes;

    /// <summary>γ for each unit of the first <see cref="Layout.Period"/> sets, or null for 1.</summary>
    protected T* Gamma { get; init; }

    /// <summary>How many neighbouring units share a γ.</summary>
    protected nint Repeat { get; init; } = 1;

    /// <summary>For each unit.</summary>
    protected Coefficients<T> Coefficients { get; } = new(scratch, layout.Geometry.Sets * layout.Units);

    public void Backward()
    {
        for (nint set = 0; set < layout.Geometry.Sets; set++) RoundMean(set);
        if (layout.Measured.Chunks == 1)
        {
            ForAll(layout.Measured, Backward);
        }
        else
        {
            ForAll(layout.Measured, tile => Sum(tile, SumsOf(tile.Chunk, tile.Set)));
            for (nint set = 0; set < layout.Geometry.Sets; set++) Prepare(set);
            if (given.Dx != null) ForAll(layout.Applied, Apply);
        }
        ParameterGradients();
    }

    /// <summary>Σ dy and Σ dy (x − M) of the units of a tile.</summary>
    protected abstract void Sum(Tile tile, UnitSums* into);

    protected abstract void Apply(Tile tile);

    private void Backward(Tile tile)
    {
        Sum(tile, SumsOf(0, tile.Set));
        for (var set = tile.Set; set < tile.Set + tile.Sets; set++) Prepare(set);
        if (given.Dx != null) Apply(tile);
    }

    private UnitSums* SumsOf(nint chunk, nint set) => sums + chunk * units + set * layout.Units;

    private void RoundMean(nint set)
    {
        for (nint unit = 0; unit < layout.Units; unit++)
            Coefficients.M[set * layout.Units + unit] = Lanes.Narrow<T>(given.Mean[set]);
    }

    /// <summary>With g = γ dy: dx = r (g − 1/m Σ g − x̂ 1/m Σ g x̂), where x̂ = r (x − M) − r rest and μ = M + rest.</summary>
    private void Prepare(nint set)
    {
        var (mean, rstd) = (given.Mean[set], 1 / Math.Sqrt(given.Variance[set] + given.Eps));
        var rest = mean - Lanes.Widen(Lanes.Narrow<T>(mean));
        double sumG = 0, sumGXhat = 0;
        for (nint unit = 0; unit < layout.Units; unit++)
        {
            var whole = SumsOf(0, set)[unit];
            for (nint chunk = 1; chunk < layout.Measured.Chunks; chunk++) whole.Add(SumsOf(chunk, set)[unit]);
            whole.DyXhat = (whole.DyXhat - rest * whole.Dy) * rstd;
            SumsOf(0, set)[unit] = whole;
            sumG += GammaOf(set, unit) * whole.Dy;
            sumGXhat += GammaOf(set, unit) * whole.DyXhat;
        }
        var meanTerm = given.MeanMoves ? -rstd * sumG / layout.Geometry.Count : 0;
        var varianceTerm = given.VarianceMoves ? -rstd * sumGXhat / layout.Geometry.Count : 0;
        for (nint unit = 0; unit < layout.Units; unit++)
        {
            var at = set * layout.Units + unit;
            Coefficients.A[at] = Lanes.Narrow<T>(rstd * GammaOf(set, unit));
            Coefficients.R[at] = Lanes.Narrow<T>(rstd);
            Coefficients.B[at] = Lanes.Narrow<T>(varianceTerm);
            Coefficients.C[at] = Lanes.Narrow<T>(meanTerm - varianceTerm * rstd * rest);
        }
    }

    private double GammaOf(nint set, nint unit) => Gamma == null ? 1 : Lanes.Widen(Gamma[layout.Parameter(set, unit)]);

    /// <summary>dγ = Σ dy x̂ and dβ = Σ dy over all units that share them, in the order of memory.</summary>
    private void ParameterGradients()
    {
        if (given.Gradient.Gamma == 0 && given.Gradient.Beta == 0) return;
        var count = layout.Period * layout.Units / Repeat;
        var total = scratch.Take<UnitSums>(count);
        new Span<UnitSums>(total, checked((int)count)).Clear();
        for (nint set = 0; set < layout.Geometry.Sets; set++)
            for (nint unit = 0; unit < layout.Units; unit++)
                total[layout.Parameter(set, unit) / Repeat].Add(SumsOf(0, set)[unit]);
        UnitSums.Write<E, T>(total, count, given.Gradient);
    }
}
