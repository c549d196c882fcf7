namespace NormCore.Kernels;

/// <summary>What a backward pass is given and gives.</summary>
internal unsafe readonly struct BackwardArguments<E>
    where E : unmanaged
{
    public E* Dy { get; init; }

    public E* X { get; init; }

    /// <summary>Null where it is not wanted.</summary>
    public E* Dx { get; init; }

    public Affine Affine { get; init; }

    /// <summary>dγ and dβ, null where they are not wanted.</summary>
    public Affine Gradient { get; init; }

    public double Eps { get; init; }

    /// <summary>Whether μ depends on x.</summary>
    public bool MeanMoves { get; init; }

    /// <summary>Whether σ² depends on x.</summary>
    public bool VarianceMoves { get; init; }

    public double* Mean { get; init; }

    public double* Variance { get; init; }
}
