using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>Statistics between the kernels, which compute them in double, and tensors.</summary>
internal static unsafe class StatisticsMemory
{
    /// <summary>Copies a contiguous float32 or float64 tensor on the CPU.</summary>
    public static void Read(Tensor from, Span<double> to)
    {
        var data = NativeTensor.Data(from.Handle);
        if (from.dtype == ScalarType.Float64)
            new Span<double>(data, to.Length).CopyTo(to);
        else
            for (var i = 0; i < to.Length; i++)
                to[i] = ((float*)data)[i];
        GC.KeepAlive(from);
    }

    /// <summary>A float32 or float64 tensor of these numbers.</summary>
    public static Tensor AsTensor(ReadOnlySpan<double> from, long[] shape, ScalarType type)
    {
        var tensor = empty(shape, type, CPU);
        var data = NativeTensor.Data(tensor.Handle);
        if (type == ScalarType.Float64)
            from.CopyTo(new Span<double>(data, from.Length));
        else
            for (var i = 0; i < from.Length; i++)
                ((float*)data)[i] = (float)from[i];
        return tensor;
    }
}
