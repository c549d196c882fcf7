namespace NormCore.Kernels;

/// <summary>What the backward pass needs of one row: with the rounded mean M and R = 1/√(σ² + ε), x̂ = (x − M) R + Xhat0, and dx = R γ dy + B R (x − M) + C.</summary>
internal struct RowScalars<T>
    where T : unmanaged
{
    public T M;
    public T R;
    public T Xhat0;
    public T B;
    public T C;
}
