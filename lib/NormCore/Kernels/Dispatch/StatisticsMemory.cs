using TorchSharp;
using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>Statistics in memory: between the kernels, which compute them in double, and small tensors, which torch would take longer to start on than to compute.</summary>
internal static unsafe class StatisticsMemory
{
    /// <summary>Whether a tensor lies on the CPU, contiguous, in float32 or float64: the others are not for this class.</summary>
    public static bool IsReadable(Tensor statistic) =>
        statistic.device_type == DeviceType.CPU
        && statistic.dtype is ScalarType.Float32 or ScalarType.Float64
        && NativeTensor.IsContiguous(statistic.Handle) != 0;

    /// <summary>Copies from a tensor.</summary>
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

    /// <summary>Copies into a tensor.</summary>
    public static void Write(ReadOnlySpan<double> from, Tensor to)
    {
        var data = NativeTensor.Data(to.Handle);
        if (to.dtype == ScalarType.Float64)
            from.CopyTo(new Span<double>(data, from.Length));
        else
            for (var i = 0; i < from.Length; i++)
                ((float*)data)[i] = (float)from[i];
        GC.KeepAlive(to);
    }

    /// <summary>count ← count + 1, in place; false where that takes torch.</summary>
    public static bool TryIncrement(Tensor count)
    {
        if (count.device_type != DeviceType.CPU || count.dtype != ScalarType.Int64) return false;
        ++*(long*)NativeTensor.Data(count.Handle);
        GC.KeepAlive(count);
        return true;
    }

    /// <summary>running ← kept · running + weight · batch, in place; false where that takes torch.</summary>
    public static bool TryAverage(Tensor running, Tensor batch, double kept, double weight)
    {
        var count = (int)running.numel();
        if (!IsReadable(running) || !IsReadable(batch) || batch.numel() != count) return false;
        var (average, next) = (new double[count], new double[count]);
        Read(running, average);
        Read(batch, next);
        for (var i = 0; i < count; i++) average[i] = kept * average[i] + weight * next[i];
        Write(average, running);
        return true;
    }
}
