using NormCore.Checks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Folds a batch norm in evaluation mode into the linear or convolution layer before it.</summary>
/// <remarks>
/// Per output channel, with a = γ/√(σ_r² + ε): W' = a W and b' = a (b − μ_r) + β. The running statistics are used, whatever mode the
/// batch norm is in. A batch norm AFTER a layer only: before a zero-padded convolution the shift does not fold at the border.
/// </remarks>
public static class Folding
{
    /// <summary>A new linear layer that computes batchNorm(linear(x)).</summary>
    /// <inheritdoc cref="Fold(Conv2d, BatchNorm)"/>
    public static Linear Fold(Linear linear, BatchNorm batchNorm)
    {
        ArgumentNullException.ThrowIfNull(linear);
        using var scope = NewDisposeScope();
        var (weight, bias) = Folded(linear.weight!, linear.bias, batchNorm);
        return nn.Linear(LayerParameters.Learned(weight), LayerParameters.Learned(bias));
    }

    /// <summary>A new convolution that computes batchNorm(conv(x)).</summary>
    /// <inheritdoc cref="Fold(Conv2d, BatchNorm)"/>
    public static Conv1d Fold(Conv1d conv, BatchNorm batchNorm)
    {
        ArgumentNullException.ThrowIfNull(conv);
        using var scope = NewDisposeScope();
        var folded = conv.padding_type is { } padding
            ? nn.Conv1d(conv.in_channels, conv.out_channels, conv.kernel_size[0], padding, conv.stride[0], conv.dilation[0], conv.padding_mode, conv.groups)
            : nn.Conv1d(conv.in_channels, conv.out_channels, conv.kernel_size[0], conv.stride[0], conv.padding![0], conv.dilation[0], conv.padding_mode, conv.groups);
        Set(folded, Folded(conv.weight!, conv.bias, batchNorm));
        return folded;
    }

    /// <summary>A new convolution that computes batchNorm(conv(x)).</summary>
    /// <exception cref="ArgumentException">The layer's output channels are not the batch norm's.</exception>
    /// <exception cref="InvalidOperationException">The batch norm tracks no running statistics.</exception>
    public static Conv2d Fold(Conv2d conv, BatchNorm batchNorm)
    {
        ArgumentNullException.ThrowIfNull(conv);
        using var scope = NewDisposeScope();
        var folded = conv.padding_type is { } padding
            ? nn.Conv2d(conv.in_channels, conv.out_channels, Pair(conv.kernel_size), padding, Pair(conv.stride), Pair(conv.dilation), conv.padding_mode, conv.groups)
            : nn.Conv2d(conv.in_channels, conv.out_channels, Pair(conv.kernel_size), Pair(conv.stride), Pair(conv.padding!), Pair(conv.dilation), conv.padding_mode, conv.groups);
        Set(folded, Folded(conv.weight!, conv.bias, batchNorm));
        return folded;
    }

    private static (Tensor Weight, Tensor Bias) Folded(Tensor weight, Tensor? bias, BatchNorm batchNorm)
    {
        ArgumentNullException.ThrowIfNull(batchNorm);
        if (batchNorm.RunningMean is null || batchNorm.RunningVariance is null)
            throw new InvalidOperationException("The batch norm tracks no running statistics: its output depends on the batch, so no fixed weights can replace it.");
        if (weight.shape[0] != batchNorm.NumFeatures)
            throw new ArgumentException(
                $"The layer has {weight.shape[0]} output channels (weight {TensorCheck.Text(weight.shape)}) and the batch norm {batchNorm.NumFeatures}; they must be equal.", nameof(batchNorm));

        using var noGradient = no_grad();
        var scale = (batchNorm.RunningVariance + batchNorm.Eps).rsqrt();
        if (batchNorm.Weight is not null) scale = scale * batchNorm.Weight;
        var shift = bias is null ? -batchNorm.RunningMean : bias - batchNorm.RunningMean;
        var foldedBias = scale * shift;
        if (batchNorm.Bias is not null) foldedBias = foldedBias + batchNorm.Bias;
        long[] perOutput = [-1, .. Enumerable.Repeat(1L, (int)weight.dim() - 1)]; // (C) → (C, 1, …)
        return ((weight * scale.view(perOutput)).to(weight.dtype), foldedBias.to(weight.dtype));
    }

    private static void Set(Convolution folded, (Tensor Weight, Tensor Bias) values)
    {
        folded.weight = LayerParameters.Learned(values.Weight);
        folded.bias = LayerParameters.Learned(values.Bias);
    }

    private static (long, long) Pair(long[] values) => (values[0], values[1]);
}
