using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>What a kernel of a GPU does in the same pass beside normalizing: a sum before it, a ReLU after it.</summary>
/// <param name="residual">Added to x, of the shape, type and device of x; or null.</param>
/// <param name="relu">Whether y = max(0, …).</param>
internal sealed class Fusion(Tensor? residual, bool relu)
{
    /// <summary>What is added to x.</summary>
    public Tensor? Residual => residual;

    /// <summary>Whether negative values become 0.</summary>
    public bool HasRelu => relu;

    /// <summary>x + residual, once it has been computed.</summary>
    public Tensor? Sum { get; set; }

    /// <summary>Whether the kernels can read the residual as they read x.</summary>
    public bool IsReadable(Tensor x, long[] shape) => residual is null || MemoryOrder.IsShared(x.Handle, residual.Handle, shape);
}
