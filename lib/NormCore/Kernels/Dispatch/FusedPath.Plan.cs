using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore.Kernels;

// Whether there are kernels for an input.
internal static partial class FusedPath
{
    private static bool MayBeFused(Tensor x)
    {
        GraphNode.ThrowEarlierFailure();
        return !IsOff && !IsOffEverywhere && x.device_type is TorchSharp.DeviceType.CPU or TorchSharp.DeviceType.CUDA;
    }

    private static NormCall? Plan(Tensor x, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps)
    {
        if (!MayBeFused(x)) return null;
        var shape = Shape.Of(x);
        return PlanOf(x, shape, shape, axes, gamma, beta, featureAxes, eps);
    }

    /// <summary>That of a shard of a batch with statistics from elsewhere; where it is empty, the geometry has no elements.</summary>
    public static NormCall? PlanOfShard(Tensor x, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps)
    {
        if (x.numel() > 0 || !MayBeFused(x)) return Plan(x, axes, gamma, beta, featureAxes, eps);
        var shape = Shape.Of(x);
        return new NormCall(shape, gamma is null ? [] : Shape.Of(gamma), shape, axes, featureAxes, default, eps, IsCentered: true, IsGiven: true);
    }

    private static NormCall? PlanOf(Tensor x, long[] input, long[] shape, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps)
    {
        if (shape.Contains(0) || gamma is null && beta is not null) return null;
        var parameters = gamma is null ? [] : Shape.Of(gamma);
        // Seen in another shape, the layer has seen to the lengths.
        if (gamma is not null && input == shape && !Has(parameters, shape, featureAxes)) return null;
        if (beta is not null && (!Shape.Of(beta).AsSpan().SequenceEqual(parameters) || beta.dtype != gamma!.dtype)) return null;
        if (!IsReadable(gamma, x) || !IsReadable(beta, x)) return null;
        return MemoryOrder.TryOf(x, shape, axes, featureAxes, out var geometry)
            ? new NormCall(input, parameters, shape, axes, featureAxes, geometry, eps, IsCentered: true, IsGiven: false)
            : null;
    }

    private static bool Has(long[] lengths, long[] shape, long[] featureAxes)
    {
        if (lengths.Length != featureAxes.Length) return false;
        for (var i = 0; i < lengths.Length; i++)
            if (lengths[i] != shape[featureAxes[i]])
                return false;
        return true;
    }

    private static bool IsReadable(Tensor? parameter, Tensor x) =>
        parameter is null
        || IsBeside(parameter, x)
        && NativeTensor.IsContiguous(parameter.Handle) != 0
        && (parameter.dtype == x.dtype || parameter.dtype == Precision.OfStatistics(x.dtype));

    private static bool IsReadableStatistic(Tensor statistic, Tensor x) =>
        IsBeside(statistic, x)
        && (statistic.dtype == ScalarType.Float32 || statistic.dtype == ScalarType.Float64 && !IsForGpu(x))
        && NativeTensor.IsContiguous(statistic.Handle) != 0;

    private static bool IsBeside(Tensor tensor, Tensor x) => tensor.device_type == x.device_type && tensor.device_index == x.device_index;
}
