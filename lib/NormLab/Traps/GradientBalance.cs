using static TorchSharp.torch;

namespace NormLab.Traps;

/// <summary>Whether the gradient of a batch norm goes through its mean: then the input gradients of a channel cancel over the batch.</summary>
public static class GradientBalance
{
    /// <summary>max over channels of |Σᵢ ∂L/∂xᵢ| / Σᵢ |∂L/∂xᵢ|: rounding where the mean is part of the gradient, of the order of 1/√m where it was taken for a constant.</summary>
    /// <param name="layer">The layer, in the mode it is in.</param>
    /// <param name="x">A batch, (N, C, *).</param>
    /// <param name="dy">∂L/∂y, in the shape of the output; random and not centred, since a centred one hides the bug.</param>
    public static double Of(nn.Module<Tensor, Tensor> layer, Tensor x, Tensor dy)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(dy);
        using var scope = NewDisposeScope();
        var input = x.detach().clone().requires_grad_();
        var dx = autograd.grad([layer.call(input)], [input], [dy])[0];
        var axes = ChannelAxes.AllBut(dx);
        return (dx.sum(axes).abs() / dx.abs().sum(axes)).max().Numbers()[0];
    }
}
