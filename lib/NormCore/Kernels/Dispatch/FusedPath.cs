using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>The fused kernels where there are some for an input; null where there are none, and the caller composes operations of torch.</summary>
/// <remarks>
/// There are for tensors on the CPU that lie without gaps in an order of axes that <see cref="Geometry"/> knows, with γ and β contiguous
/// and of the type of x (or float32 beside half types). The environment variable NORM_KERNELS=off turns all of them off.
/// </remarks>
internal static class FusedPath
{
    /// <summary>Whether the whole process composes.</summary>
    public static bool IsOffEverywhere { get; } = Environment.GetEnvironmentVariable("NORM_KERNELS") is "off" or "0";

    /// <summary>Whether this thread composes, for tests that compare the two.</summary>
    [ThreadStatic]
    public static bool IsOff;

    /// <summary>γ (x − μ)/√(σ² + ε) + β.</summary>
    public static Tensor? Apply(Tensor x, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps)
    {
        if (Plan(x, axes, gamma, beta, featureAxes, eps) is not { } call) return null;
        return Run(NormNode.Rent(call), x, gamma, beta);
    }

    /// <summary>The same on x, γ and β seen in another shape, without views that would take longer than a small x; the result has the shape of x.</summary>
    public static Tensor? Apply(Tensor x, long[] seen, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps)
    {
        if (!MayBeFused(x) || NativeTensor.IsContiguous(x.Handle) == 0 || PlanOf(x, Shape.Of(x), seen, axes, gamma, beta, featureAxes, eps) is not { } call) return null;
        return Run(NormNode.Rent(call), x, gamma, beta);
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

    /// <summary>The same with a mean and a variance from elsewhere for each set that shares them, in the order of the sets, if they are constants.</summary>
    public static Tensor? Apply(Tensor x, long[] axes, Tensor mean, Tensor variance, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps)
    {
        if (!StatisticsMemory.IsReadable(mean) || !StatisticsMemory.IsReadable(variance) || GraphNode.IsNeeded(mean.Handle, variance.Handle)) return null;
        if (Plan(x, axes, gamma, beta, featureAxes, eps) is not { } call || call.Geometry.Sets != mean.numel() || call.Geometry.Sets != variance.numel()) return null;
        var node = NormNode.Rent(call with { IsGiven = true });
        node.Take(mean, variance);
        return Run(node, x, gamma, beta);
    }

    /// <summary>The same with moments that have as many axes as x.</summary>
    public static Tensor? Apply(Tensor x, Moments moments, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps)
    {
        var sets = Shape.Of(moments.Mean);
        if (sets.Length != x.dim() || !Shape.Of(moments.Variance).AsSpan().SequenceEqual(sets)) return null;
        long[] axes = [.. Enumerable.Range(0, sets.Length).Where(axis => sets[axis] == 1).Select(axis => (long)axis)];
        return Apply(x, axes, moments.Mean, moments.Variance, gamma, beta, featureAxes, eps);
    }

    /// <summary>γ x/√(1/m Σ x² + ε).</summary>
    public static Tensor? ApplyRms(Tensor x, long[] axes, Tensor? gamma, long[] featureAxes, double eps)
    {
        if (Plan(x, axes, gamma, null, featureAxes, eps) is not { } call) return null;
        return Run(NormNode.Rent(call with { IsCentered = false }), x, gamma, null);
    }

    private static Tensor? Run(NormNode node, Tensor x, Tensor? gamma, Tensor? beta) =>
        node.Forward(x, gamma, beta) is var y && y != 0 ? node.Finish(y, x, gamma, beta) : null;

    private static bool MayBeFused(Tensor x)
    {
        GraphNode.ThrowEarlierFailure();
        return !IsOff && !IsOffEverywhere && x.device_type == TorchSharp.DeviceType.CPU;
    }

    private static NormCall? Plan(Tensor x, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps)
    {
        if (!MayBeFused(x)) return null;
        var shape = Shape.Of(x);
        return PlanOf(x, shape, shape, axes, gamma, beta, featureAxes, eps);
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
        || parameter.device_type == TorchSharp.DeviceType.CPU
        && NativeTensor.IsContiguous(parameter.Handle) != 0
        && (parameter.dtype == x.dtype || parameter.dtype == Precision.OfStatistics(x.dtype));
}
