using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>The fused kernels where there are some for an input; null where there are none, and the caller composes operations of torch.</summary>
/// <remarks>
/// There are for tensors on the CPU that lie without gaps in an order of axes that <see cref="Geometry"/> knows, with γ and β contiguous
/// and of the type of x (or float32 beside half types). The environment variable NORM_KERNELS=off turns all of them off.
/// </remarks>
internal static class FusedPath
{
    private static readonly bool IsOffEverywhere = Environment.GetEnvironmentVariable("NORM_KERNELS") is "off" or "0";

    /// <summary>Whether this thread composes, for tests that compare the two.</summary>
    [ThreadStatic]
    public static bool IsOff;

    /// <summary>γ (x − μ)/√(σ² + ε) + β.</summary>
    public static Tensor? Apply(Tensor x, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps)
    {
        if (Plan(x, axes, gamma, beta, featureAxes, eps) is not { } call) return null;
        var node = NormNode.Rent(call);
        return node.Forward(x, gamma, beta) is var y && y != 0 ? node.Finish(y, x, gamma, beta) : null;
    }

    /// <summary>The same, and the moments of x without gradient.</summary>
    public static Tensor? Apply(Tensor x, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps, out Moments? moments)
    {
        moments = null;
        if (Plan(x, axes, gamma, beta, featureAxes, eps) is not { } call) return null;
        var node = NormNode.Rent(call);
        var y = node.Forward(x, gamma, beta);
        if (y == 0) return null;
        moments = node.Moments(Precision.OfStatistics(x.dtype));
        return node.Finish(y, x, gamma, beta);
    }

    /// <summary>The same with moments from elsewhere, if they are constants.</summary>
    public static Tensor? Apply(Tensor x, Moments moments, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps)
    {
        var (mean, variance) = (moments.Mean, moments.Variance);
        if (!StatisticsMemory.IsReadable(mean) || !StatisticsMemory.IsReadable(variance) || GraphNode.IsNeeded(mean.Handle, variance.Handle)) return null;
        var (shape, sets) = (x.shape, mean.shape);
        if (sets.Length != shape.Length || !variance.shape.AsSpan().SequenceEqual(sets)) return null;
        long[] axes = [.. Enumerable.Range(0, sets.Length).Where(axis => sets[axis] == 1).Select(axis => (long)axis)];
        if (Plan(x, axes, gamma, beta, featureAxes, eps) is not { } call || call.Geometry.Sets != mean.numel()) return null;
        var node = NormNode.Rent(call with { IsGiven = true });
        node.Take(mean, variance);
        return node.Forward(x, gamma, beta) is var y && y != 0 ? node.Finish(y, x, gamma, beta) : null;
    }

    /// <summary>γ x/√(1/m Σ x² + ε).</summary>
    public static Tensor? ApplyRms(Tensor x, long[] axes, Tensor? gamma, long[] featureAxes, double eps)
    {
        if (Plan(x, axes, gamma, null, featureAxes, eps) is not { } call) return null;
        var node = NormNode.Rent(call with { IsCentered = false });
        return node.Forward(x, gamma, null) is var y && y != 0 ? node.Finish(y, x, gamma, null) : null;
    }

    private static NormCall? Plan(Tensor x, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps)
    {
        GraphNode.ThrowEarlierFailure();
        if (IsOff || IsOffEverywhere || x.device_type != TorchSharp.DeviceType.CPU) return null;
        var shape = x.shape;
        if (shape.Contains(0) || gamma is null && beta is not null) return null;
        if (!Fits(x, shape, gamma, featureAxes) || !Fits(x, shape, beta, featureAxes) || gamma is not null && beta is not null && gamma.dtype != beta.dtype) return null;
        return MemoryOrder.TryOf(x, shape, axes, featureAxes, out var geometry)
            ? new NormCall(shape, axes, featureAxes, geometry, eps, IsCentered: true, IsGiven: false)
            : null;
    }

    private static bool Fits(Tensor x, long[] shape, Tensor? parameter, long[] featureAxes)
    {
        if (parameter is null) return true;
        var lengths = parameter.shape;
        if (lengths.Length != featureAxes.Length) return false;
        for (var i = 0; i < lengths.Length; i++)
            if (lengths[i] != shape[featureAxes[i]])
                return false;
        return parameter.device_type == TorchSharp.DeviceType.CPU
            && NativeTensor.IsContiguous(parameter.Handle) != 0
            && (parameter.dtype == x.dtype || parameter.dtype == Precision.OfStatistics(x.dtype));
    }
}
