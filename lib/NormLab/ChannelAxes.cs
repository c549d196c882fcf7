using static TorchSharp.torch;

namespace NormLab;

/// <summary>The axes over which batch norm takes its statistics.</summary>
internal static class ChannelAxes
{
    /// <summary>Every axis of (N, C, *) but that of the channels.</summary>
    public static long[] AllBut(Tensor x) => [.. Enumerable.Range(0, (int)x.dim()).Where(axis => axis != 1).Select(axis => (long)axis)];
}
