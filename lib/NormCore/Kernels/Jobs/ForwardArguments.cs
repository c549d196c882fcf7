namespace NormCore.Kernels;

/// <summary>What a forward pass is given; it writes mean and variance, one per set, unless they are given too.</summary>
internal unsafe readonly struct ForwardArguments<E>
    where E : unmanaged
{
    public E* X { get; init; }

    public E* Y { get; init; }

    public Affine Affine { get; init; }

    public double Eps { get; init; }

    public bool Centered { get; init; }

    public double* Mean { get; init; }

    public double* Variance { get; init; }
}
