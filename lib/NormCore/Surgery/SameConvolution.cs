using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Fresh convolutions of the kind of others, with a bias.</summary>
internal static class SameConvolution
{
    /// <summary>A convolution with the channels, kernel, stride, padding, dilation and groups of another, and parameters of its own.</summary>
    public static Convolution As(Convolution conv)
    {
        var (inputs, outputs, mode, groups) = (conv.in_channels, conv.out_channels, conv.padding_mode, conv.groups);
        var (kernel, stride, dilation, outputPadding) = (conv.kernel_size, conv.stride, conv.dilation, conv.output_padding);
        // By name (valid, same) or in numbers; which is set afterwards, for either.
        var padding = conv.padding ?? new long[kernel.Length];
        Convolution same = conv switch
        {
            Conv1d => nn.Conv1d(inputs, outputs, kernel[0], stride[0], padding[0], dilation[0], mode, groups),
            Conv2d => nn.Conv2d(inputs, outputs, Pair(kernel), Pair(stride), Pair(padding), Pair(dilation), mode, groups),
            Conv3d => nn.Conv3d(inputs, outputs, Triple(kernel), Triple(stride), Triple(padding), Triple(dilation), mode, groups),
            ConvTranspose1d => nn.ConvTranspose1d(inputs, outputs, kernel[0], stride[0], padding[0], outputPadding[0], dilation[0], mode, groups),
            ConvTranspose2d => nn.ConvTranspose2d(inputs, outputs, Pair(kernel), Pair(stride), Pair(padding), Pair(outputPadding), Pair(dilation), mode, groups),
            ConvTranspose3d => nn.ConvTranspose3d(inputs, outputs, Triple(kernel), Triple(stride), Triple(padding), Triple(outputPadding), Triple(dilation), mode, groups),
            _ => throw new ArgumentException($"A {conv.GetType()} is no convolution of TorchSharp 0.107, so what it computes is not known.", nameof(conv)),
        };
        if (conv.padding_type is { } named) same.SetPadding(named);
        return same;
    }

    private static (long, long) Pair(long[] values) => (values[0], values[1]);

    private static (long, long, long) Triple(long[] values) => (values[0], values[1], values[2]);
}
