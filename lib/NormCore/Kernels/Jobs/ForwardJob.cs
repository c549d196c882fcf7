namespace NormCore.Kernels;

/// <summary>One forward pass: moments of tiles, from them the coefficients of y = (x − M) A + B, then y.</summary>
/// <remarks>Where a tile holds all samples of its sets, one follows on the other while the tile is in cache.</remarks>
internal abstract unsafe class ForwardJob<E, T>(Layout layout, ForwardArguments<E> given, Scratch scratch) : TiledJob
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    private Moment* moments;

    protected Layout Layout => layout;

    protected ForwardArguments<E> Given => given;

    protected bool Streams => layout.Geometry.Elements * sizeof(E) >= Layout.StreamedBytes;

    /// <summary>γ for each unit of the first <see cref="Layout.Period"/> sets, or null for 1.</summary>
    protected T* Gamma { get; init; }

    /// <summary>β likewise, or null for 0.</summary>
    protected T* Beta { get; init; }

    /// <summary>For each unit.</summary>
    protected Coefficients<T> Coefficients { get; } = new(scratch, layout.Geometry.Sets * layout.Units);

    public void Statistics()
    {
        moments = scratch.Take<Moment>(layout.Measured.Chunks * layout.Geometry.Sets * layout.Parts);
        ForAll(layout.Measured, tile => Measure(tile, MomentsOf(tile.Chunk, tile.Set)));
        for (nint set = 0; set < layout.Geometry.Sets; set++) Combine(set);
    }

    public void Apply()
    {
        for (nint set = 0; set < layout.Geometry.Sets; set++) Prepare(set);
        ForAll(layout.Applied, Apply);
    }

    public void Forward()
    {
        if (layout.Measured.Chunks > 1)
        {
            Statistics();
            Apply();
            return;
        }
        moments = scratch.Take<Moment>(layout.Geometry.Sets * layout.Parts);
        ForAll(layout.Measured, Forward);
    }

    /// <summary>The moments of the parts of each set of a tile.</summary>
    protected abstract void Measure(Tile tile, Moment* into);

    protected abstract void Apply(Tile tile);

    private void Forward(Tile tile)
    {
        Measure(tile, MomentsOf(0, tile.Set));
        for (var set = tile.Set; set < tile.Set + tile.Sets; set++)
        {
            Combine(set);
            Prepare(set);
        }
        Apply(tile);
    }

    private Moment* MomentsOf(nint chunk, nint set) => moments + (chunk * layout.Geometry.Sets + set) * layout.Parts;

    /// <summary>Mean and variance of a set from the moments of its parts in all chunks.</summary>
    private void Combine(nint set)
    {
        Moment whole = default;
        for (nint chunk = 0; chunk < layout.Measured.Chunks; chunk++)
            for (nint part = 0; part < layout.Parts; part++)
                whole.Add(MomentsOf(chunk, set)[part]);
        given.Mean[set] = whole.Mean;
        given.Variance[set] = whole.SquaredDeviations / whole.Count;
    }

    /// <summary>y = γ r (x − μ) + β with r = 1/√(σ² + ε), written with the rounded mean: μ = M + rest.</summary>
    private void Prepare(nint set)
    {
        var (mean, rstd) = (given.Mean[set], 1 / Math.Sqrt(given.Variance[set] + given.Eps));
        var rounded = Lanes.Narrow<T>(mean);
        var rest = mean - Lanes.Widen(rounded);
        for (nint unit = 0; unit < layout.Units; unit++)
        {
            var (at, parameter) = (set * layout.Units + unit, layout.Parameter(set, unit));
            var gamma = Gamma == null ? 1 : Lanes.Widen(Gamma[parameter]);
            var beta = Beta == null ? 0 : Lanes.Widen(Beta[parameter]);
            Coefficients.M[at] = rounded;
            Coefficients.A[at] = Lanes.Narrow<T>(gamma * rstd);
            Coefficients.B[at] = Lanes.Narrow<T>(beta - gamma * rstd * rest);
        }
    }
}
