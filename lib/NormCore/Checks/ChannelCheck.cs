using static TorchSharp.torch;

namespace NormCore.Checks;

/// <summary>Refuses inputs (N, C, *) that a layer with statistics per channel cannot normalize.</summary>
internal static class ChannelCheck
{
    /// <summary>x is floating, of rank 2 or more, with C channels on axis 1.</summary>
    public static void Channels(Tensor x, long channels, string layer)
    {
        TensorCheck.IsFloating(x, nameof(x));
        var shape = x.shape;
        if (shape.Length < 2 || shape[1] != channels)
            throw new ArgumentException(
                $"{layer} of {channels} channels got an input of shape {TensorCheck.Text(shape)}; (N, {channels}, *) is needed, channels on axis 1.", nameof(x));
    }

    /// <summary>More than one value shares a mean where there is any.</summary>
    public static void Several(Tensor x, long valuesPerChannel, string what, string remedy)
    {
        if (valuesPerChannel == 1)
            throw new ArgumentException(
                $"Expected more than 1 value per channel{what} when training, got input size {TensorCheck.Text(x.shape)}: the mean of one value is the value, and x − μ is 0 whatever x is. {remedy}", nameof(x));
    }
}
