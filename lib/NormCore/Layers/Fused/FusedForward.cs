using NormCore.Checks;
using NormCore.Kernels;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>A layer together with a residual sum before it and a ReLU after it: in one kernel where there is one, else one after the other.</summary>
internal static class FusedForward
{
    /// <summary>sum = x + residual, y = layer(sum), or the ReLU of that.</summary>
    /// <param name="x">(*).</param>
    /// <param name="residual">Like x.</param>
    /// <param name="relu">Whether negative values become 0.</param>
    /// <param name="fused">The layer by a kernel of a GPU; null where there is none.</param>
    /// <param name="layer">The layer alone.</param>
    public static (Tensor Output, Tensor Sum) Add(Tensor x, Tensor residual, bool relu, Func<Tensor, Fusion, Tensor?> fused, Func<Tensor, Tensor> layer)
    {
        TensorCheck.IsFloating(x, nameof(x));
        TensorCheck.IsLike(x, residual, nameof(residual));
        using var scope = NewDisposeScope();
        var fusion = new Fusion(residual, relu);
        if (FusedPath.IsForGpu(x) && fused(x, fusion) is { } y) return (y.MoveToOuterDisposeScope(), fusion.Sum!.MoveToOuterDisposeScope());
        var sum = x + residual;
        var output = layer(sum);
        if (relu) output = output.relu();
        return (output.MoveToOuterDisposeScope(), sum.MoveToOuterDisposeScope());
    }

    /// <summary>max(0, layer(x)).</summary>
    /// <inheritdoc cref="Add"/>
    public static Tensor Relu(Tensor x, Func<Tensor, Fusion, Tensor?> fused, Func<Tensor, Tensor> layer)
    {
        TensorCheck.IsFloating(x, nameof(x));
        using var scope = NewDisposeScope();
        var fusion = new Fusion(null, relu: true);
        var y = FusedPath.IsForGpu(x) ? fused(x, fusion) : null;
        return (y ?? layer(x).relu()).MoveToOuterDisposeScope();
    }
}
