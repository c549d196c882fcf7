using NormCore.Checks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>What a linear or convolution layer does with its weight, apart from the weight itself: it can be run with another one.</summary>
internal sealed class WeightedLayer
{
    private readonly string kind;
    private readonly long[] stride = [], dilation = [], padding = []; // padding as pad() has it: last axis first, before and after
    private readonly long groups = 1;
    private readonly PaddingModes mode;

    private WeightedLayer(string kind) => this.kind = kind;

    private WeightedLayer(Convolution conv)
    {
        (kind, groups) = (conv.GetType().Name, conv.groups);
        (stride, dilation) = ([.. conv.stride], [.. conv.dilation]);
        mode = conv.padding_mode == PaddingModes.Zeros ? PaddingModes.Constant : conv.padding_mode;
        padding = [.. Enumerable.Range(0, stride.Length).Reverse().SelectMany(axis => PaddingOf(conv, axis))];
    }

    /// <summary>The layer's operation, its weight (outputs, …) and its bias or null, which stay the layer's.</summary>
    public static (WeightedLayer Operation, Tensor Weight, Tensor? Bias) Of(nn.Module<Tensor, Tensor> layer, string wrapper)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return layer switch
        {
            Linear linear => (new("Linear"), linear.weight, linear.bias),
            Conv1d or Conv2d when (Convolution)layer is var conv => (new(conv), conv.weight, conv.bias),
            _ => throw new ArgumentException($"{wrapper} wraps a Linear, Conv1d or Conv2d of TorchSharp; a {layer.GetType().Name} was given.", nameof(layer)),
        };
    }

    /// <summary>A copy for the wrapper to own: neither changes with the other.</summary>
    public static Parameter Copy(Tensor parameter)
    {
        using var noGradient = no_grad();
        return LayerParameters.Learned(parameter.clone());
    }

    /// <summary>The layer's output with this weight; the caller has checked the input and holds a dispose scope.</summary>
    public Tensor Run(Tensor x, Tensor weight, Tensor? bias)
    {
        var (w, b) = (weight.to(x.dtype), bias?.to(x.dtype));
        if (stride.Length == 0) return nn.functional.linear(x, w, b);
        // A convolution pads with zeros by itself, as much before as after.
        var own = mode == PaddingModes.Constant && padding.Chunk(2).All(pair => pair[0] == pair[1]);
        var padded = own || padding.All(length => length == 0) ? x : nn.functional.pad(x, padding, mode);
        var zeros = padding.Chunk(2).Reverse().Select(pair => own ? pair[0] : 0).ToArray();
        return stride.Length == 1
            ? nn.functional.conv1d(padded, w, b, stride[0], zeros[0], dilation[0], groups)
            : nn.functional.conv2d(padded, w, b, stride, zeros, dilation, groups);
    }

    /// <summary>Refuses an input that the layer cannot take.</summary>
    public void RequireInput(Tensor x, Tensor weight, Tensor? bias)
    {
        TensorCheck.IsFloating(x, nameof(x));
        var (shape, spatial) = (x.shape, stride.Length);
        var channels = shape.Length - spatial - 1;
        var needed = weight.shape[1] * groups;
        if (channels < 0 || (spatial > 0 && channels > 1) || shape[channels] != needed)
            throw new ArgumentException(
                $"a {kind} of {needed} inputs got an input of shape {TensorCheck.Text(shape)}; {(spatial == 0 ? $"(*, {needed})" : $"(N, {needed}, *) or ({needed}, *) with {spatial} axes *")} is needed.", nameof(x));
        for (var axis = 0; axis < spatial; axis++) RequireLength(x, axis, shape[channels + 1 + axis], weight.shape[2 + axis]);
        TensorCheck.FitsInput(x, (weight, "the weight"), (bias, "the bias"));
    }

    private void RequireLength(Tensor x, int axis, long length, long kernel)
    {
        var (before, after) = (padding[^(2 * axis + 2)], padding[^(2 * axis + 1)]);
        var reach = dilation[axis] * (kernel - 1) + 1;
        if (length + before + after < reach)
            throw new ArgumentException(
                $"the kernel reaches over {reach} elements, but axis * number {axis} of x, shape {TensorCheck.Text(x.shape)}, has {length}, padded {length + before + after}. Give a larger input or more padding.", nameof(x));
        var most = mode switch { PaddingModes.Reflect => length - 1, PaddingModes.Circular => length, PaddingModes.Replicate when length == 0 => 0, _ => long.MaxValue };
        if (Math.Max(before, after) > most)
            throw new ArgumentException(
                $"padding of {Math.Max(before, after)} in mode {mode} takes its values from the input, but axis * number {axis} of x, shape {TensorCheck.Text(x.shape)}, allows at most {Math.Max(0, most)}. Give a larger input.", nameof(x));
    }

    private static long[] PaddingOf(Convolution conv, int axis)
    {
        if (conv.padding is { } equal) return [equal[axis], equal[axis]];
        var same = conv.padding_type == Padding.Same ? conv.dilation[axis] * (conv.kernel_size[axis] - 1) : 0;
        return [same / 2, same - same / 2];
    }
}
