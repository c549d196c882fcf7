using System.Numerics;
using System.Runtime.CompilerServices;
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryAverage(Tensor running, Tensor batch, double kept, double weight)
    {
        nint count = (nint)running.numel(), i = 0;
        if (!IsReadable(running) || !IsReadable(batch) || batch.numel() != count) return false;
        void* average = NativeTensor.Data(running.Handle), next = NativeTensor.Data(batch.Handle);
        var (isWide, isNextWide) = (running.dtype == ScalarType.Float64, batch.dtype == ScalarType.Float64);
        if (!isWide && !isNextWide && Vector.IsHardwareAccelerated)
            for (; i + Wide.Count <= count; i += Wide.Count)
                (new Wide(kept) * Wide.Load((float*)average + i) + new Wide(weight) * Wide.Load((float*)next + i)).Narrow().Store((float*)average + i);
        for (; i < count; i++)
        {
            var value = kept * (isWide ? ((double*)average)[i] : ((float*)average)[i]) + weight * (isNextWide ? ((double*)next)[i] : ((float*)next)[i]);
            if (isWide) ((double*)average)[i] = value;
            else ((float*)average)[i] = (float)value;
        }
        GC.KeepAlive(running);
        GC.KeepAlive(batch);
        return true;
    }
}
