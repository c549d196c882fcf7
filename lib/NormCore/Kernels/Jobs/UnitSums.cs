using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>Σ dy and Σ dy x̂ (before it is known: Σ dy (x − M)) of the elements that share a coefficient; one of each for every run, row or column.</summary>
internal unsafe readonly struct UnitSums(double* dy, double* dyXhat)
{
    public readonly double* Dy = dy;
    public readonly double* DyXhat = dyXhat;

    /// <summary>Room for n of each.</summary>
    public UnitSums(Scratch scratch, nint n)
        : this(scratch.Take<double>(n), scratch.Take<double>(n))
    {
    }

    /// <summary>The same from the i-th on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static UnitSums operator +(UnitSums sums, nint i) => new(sums.Dy + i, sums.DyXhat + i);

    /// <summary>Sets the first n to 0.</summary>
    public void Clear(nint n)
    {
        new Span<double>(Dy, checked((int)n)).Clear();
        new Span<double>(DyXhat, checked((int)n)).Clear();
    }

    /// <summary>Adds the first n of others.</summary>
    public void Add(UnitSums others, nint n)
    {
        Lanes.AddTo(Dy, others.Dy, n);
        Lanes.AddTo(DyXhat, others.DyXhat, n);
    }

    /// <summary>Writes dγ and dβ, those that are wanted.</summary>
    public void Write<E, T>(nint n, Affine gradient)
        where E : unmanaged, IElement<E, T>
        where T : unmanaged
    {
        Affine.Write<E, T>(DyXhat, gradient.Gamma, gradient.Type, n);
        Affine.Write<E, T>(Dy, gradient.Beta, gradient.Type, n);
    }
}
