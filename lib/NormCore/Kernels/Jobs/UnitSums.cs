namespace NormCore.Kernels;

/// <summary>Σ dy and Σ dy x̂ (before it is known: Σ dy (x − M)) of the elements that share a coefficient.</summary>
internal struct UnitSums
{
    public double Dy;
    public double DyXhat;

    public void Add(UnitSums other)
    {
        Dy += other.Dy;
        DyXhat += other.DyXhat;
    }

    /// <summary>Writes dγ and dβ, those that are wanted.</summary>
    public static unsafe void Write<E, T>(UnitSums* sums, nint count, Affine gradient)
        where E : unmanaged, IElement<E, T>
        where T : unmanaged
    {
        for (nint i = 0; i < count; i++)
        {
            if (gradient.Gamma != 0) Affine.Write<E, T>(sums[i].DyXhat, gradient.Gamma, gradient.Type, i);
            if (gradient.Beta != 0) Affine.Write<E, T>(sums[i].Dy, gradient.Beta, gradient.Type, i);
        }
    }
}
