using NormCore.Kernels;

namespace NormCore.Tests.Cuda.Numerics;

// Single steps, for tests that put them together otherwise.
internal sealed partial class Solver
{
    public unsafe void SetX(int index, double value) => ((float*)x.At)[index] = (float)value;

    public double[] Mean() => mean.Get();

    public int SetOf(int element)
    {
        var g = of.Geometry;
        return (int)(element / (g.Samples * g.Stride) * g.Groups + element / g.Length % g.Groups);
    }

    public double[] ForwardY()
    {
        Forward();
        return y.Get();
    }

    /// <summary>y from the statistics that are there.</summary>
    public double[] GivenY()
    {
        CudaNorm.Forward(device, ForwardCall() with { IsGiven = true }, 0);
        return y.Get();
    }

    /// <summary>dx from its own sums, or from given ones.</summary>
    public double[] BackwardDx(nint sumDy, nint sumDyXhat, long count)
    {
        var call = BackwardCall() with { SumDy = sumDy, SumDyXhat = sumDyXhat, SumCount = count };
        using var scratch = new DeviceMemory(CudaNorm.BackwardScratchBytes(call, device.Properties) / 4);
        CudaNorm.Backward(device, call with { Scratch = scratch.At }, 0);
        return dx.Get();
    }

    /// <summary>A replica's moments, as CudaNorm.Merge takes them.</summary>
    public double[] Moments(Geometry shard, long begin)
    {
        using DeviceMemory mean = new(shard.Sets), rest = new(shard.Sets), variance = new(shard.Sets);
        var call = ForwardCall() with { Geometry = shard };
        using var scratch = new DeviceMemory(CudaNorm.ForwardScratchBytes(call, device.Properties) / 4);
        CudaNorm.PartialMoments(device, shard, of.Element, x.At + (nint)begin * sizeof(float), mean.At, rest.At, variance.At, scratch.At, 0);
        double[] squares = [.. variance.Get().Select(value => value * shard.Count)];
        return [.. mean.Get(), .. rest.Get(), .. squares, .. Enumerable.Repeat((double)shard.Count, (int)shard.Sets)];
    }

    /// <summary>Σ dy x̂ and Σ dy of a replica.</summary>
    public double[] Sums(Geometry shard, long begin)
    {
        using DeviceMemory dyXhat = new(shard.Groups), sum = new(shard.Groups);
        var offset = (nint)begin * sizeof(float);
        var call = BackwardCall() with
        {
            Geometry = shard,
            Dy = dy.At + offset,
            X = x.At + offset,
            Dx = 0,
            DGamma = dyXhat.At,
            DBeta = sum.At,
            MeanMoves = false,
            VarianceMoves = false,
        };
        using var scratch = new DeviceMemory(CudaNorm.BackwardScratchBytes(call, device.Properties) / 4);
        CudaNorm.Backward(device, call with { Scratch = scratch.At }, 0);
        return [.. dyXhat.Get(), .. sum.Get()];
    }

    public void Merge(double[] parts, int count)
    {
        using var memory = new DeviceMemory(parts.Length).Set(parts);
        CudaNorm.Merge(device, ForwardCall(), memory.At, count, 0);
    }
}
