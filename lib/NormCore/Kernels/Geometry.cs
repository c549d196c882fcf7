namespace NormCore.Kernels;

/// <summary>How the elements of x fall into sets: x[Outer][Samples][Groups][Channels][Run], contiguous in this order.</summary>
/// <remarks>
/// One mean and variance for each (outer, group), taken over samples, channels and run; one γ and β for each (group, channel).
/// Batch norm of (N, C, *): 1, N, C, 1, *. Ghost batch norm: chunks, N/chunks, C, 1, *. Channels last: 1, N·*, C, 1, 1. Layer norm: N, 1, 1, D, 1.
/// Group norm: N, 1, G, C/G, *. Instance norm: N, 1, C, 1, *.
/// </remarks>
internal readonly record struct Geometry(nint Outer, nint Samples, nint Groups, nint Channels, nint Run)
{
    /// <summary>How many means there are; they are laid out as [Outer][Groups].</summary>
    public nint Sets => Outer * Groups;

    /// <summary>How many γ there are; they are laid out as [Groups][Channels].</summary>
    public nint Parameters => Groups * Channels;

    /// <summary>Contiguous elements that share a mean.</summary>
    public nint Length => Channels * Run;

    /// <summary>Elements from one sample to the next of the same set.</summary>
    public nint Stride => Groups * Length;

    /// <summary>All elements that share a mean.</summary>
    public nint Count => Samples * Length;

    /// <summary>All elements of x.</summary>
    public nint Elements => Outer * Samples * Stride;

    /// <summary>The geometry of a contiguous x whose statistics are shared over some axes while γ lives on others; false where the kernels have no such order of axes.</summary>
    public static bool TryOf(ReadOnlySpan<long> shape, ReadOnlySpan<long> axes, ReadOnlySpan<long> featureAxes, out Geometry geometry)
    {
        Span<nint> lengths = [1, 1, 1, 1, 1];
        var last = 0;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] == 1) continue;
            var place = (axes.Contains(axis), featureAxes.Contains(axis)) switch
            {
                (false, false) => 0,
                (true, false) when last < 2 => 1,
                (false, true) => 2,
                (true, true) => 3,
                _ => 4,
            };
            if (place < last) { geometry = default; return false; }
            last = place;
            lengths[place] *= (nint)shape[axis];
        }
        // With nothing between samples and run, they are one run.
        if (lengths[2] * lengths[3] == 1) (lengths[1], lengths[4]) = (1, lengths[1] * lengths[4]);
        geometry = new Geometry(lengths[0], lengths[1], lengths[2], lengths[3], lengths[4]);
        return geometry.Samples == 1 || geometry.Channels == 1;
    }
}
