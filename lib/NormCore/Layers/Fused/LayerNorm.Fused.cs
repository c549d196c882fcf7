using NormCore.Kernels;
using static TorchSharp.torch;

namespace NormCore;

// The layer with its neighbours in a residual network, which a kernel of a GPU computes in the same pass.
public sealed partial class LayerNorm
{
    /// <summary>Normalizes x + residual: sum = x + residual, y = forward(sum), or its ReLU; on a GPU one kernel forward and one backward, where the layer has one.</summary>
    /// <param name="x">(*, normalized shape), floating point.</param>
    /// <param name="residual">The shape, type and device of x; its gradient is that of x.</param>
    /// <param name="relu">Whether y = max(0, forward(sum)).</param>
    /// <returns>y and the sum, the residual of the next layers; both in the shape and type of x.</returns>
    /// <exception cref="ArgumentException">What <see cref="forward"/> refuses, or a residual of another shape, type or device than x.</exception>
    public (Tensor Output, Tensor Sum) AddForward(Tensor x, Tensor residual, bool relu = false) => FusedForward.Add(x, residual, relu, Fused, forward);

    /// <summary>max(0, forward(x)); on a GPU one kernel forward and one backward, where the layer has one.</summary>
    /// <param name="x">(*, normalized shape), floating point.</param>
    /// <returns>The shape and type of x.</returns>
    /// <exception cref="ArgumentException">What <see cref="forward"/> refuses.</exception>
    public Tensor ReluForward(Tensor x) => FusedForward.Relu(x, Fused, forward);

    private Tensor? Fused(Tensor x, Fusion fusion)
    {
        RequireInput(x);
        var axes = Axes.Last(normalizedShape.Length, (int)x.dim());
        return FusedPath.Apply(x, axes, Weight, Bias, axes, Eps, fusion);
    }
}
