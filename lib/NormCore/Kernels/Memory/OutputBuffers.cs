using NormCore.Kernels;

namespace NormCore;

/// <summary>Memory for large outputs and gradients on the CPU, kept when a tensor goes and given to the next of the same size.</summary>
/// <remarks>
/// The system gives large memory page by page at first touch and takes it back with the tensor, always above 32 MiB and below that when
/// the heap happens to end in it, which costs several times what a normalization does. At most <see cref="Limit"/> bytes wait here. Under memory pressure, and when the limit is reached, the oldest
/// go back to the system; <see cref="Release"/> gives all back. The environment variable NORM_BUFFERS=off, or <see cref="IsEnabled"/>,
/// turns it off: then torch allocates. What a tensor holds when it is new was never defined; here it may be what an older one held.
/// </remarks>
public static class OutputBuffers
{
    /// <summary>Smaller tensors (in bytes) are left to torch: malloc keeps their memory itself, mostly.</summary>
    public const long Threshold = 4L << 20;

    private const long MostByDefault = 1L << 30;

    internal static BufferPool Pool { get; } = new(
        Math.Min(MostByDefault, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4));

    /// <summary>Whether new outputs come from here; true unless NORM_BUFFERS is off.</summary>
    public static bool IsEnabled { get; set; } = Environment.GetEnvironmentVariable("NORM_BUFFERS") is not ("off" or "0");

    /// <summary>How many bytes may wait for use: 1 GiB, or a quarter of the memory where that is less.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public static long Limit
    {
        get => Pool.Limit;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            Pool.Limit = value;
        }
    }

    /// <summary>How many bytes wait for use now.</summary>
    public static long BytesWaiting => Pool.BytesWaiting;

    /// <summary>Gives all waiting memory back to the system; tensors in use keep theirs.</summary>
    public static void Release() => Pool.Shrink(0);
}
