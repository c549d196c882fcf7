using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>The fused kernels where there are some for an input; null where there are none, and the caller composes operations of torch.</summary>
/// <remarks>
/// There are for tensors on the CPU or a GPU that lie without gaps in an order of axes that <see cref="Geometry"/> knows, with γ and β
/// contiguous and of the type of x (or float32 beside half types); on a GPU not for float64, and not for ε = 0. The environment variable
/// NORM_KERNELS=off turns all of them off.
/// </remarks>
internal static partial class FusedPath
{
    /// <summary>Whether the whole process composes.</summary>
    public static bool IsOffEverywhere { get; } = Environment.GetEnvironmentVariable("NORM_KERNELS") is "off" or "0";

    /// <summary>Whether this thread composes, for tests that compare the two.</summary>
    [ThreadStatic]
    public static bool IsOff;

    /// <summary>γ (x − μ)/√(σ² + ε) + β.</summary>
    public static Tensor? Apply(Tensor x, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps, Fusion? fusion = null)
    {
        if (Plan(x, axes, gamma, beta, featureAxes, eps) is not { } call) return null;
        return Run(NodeFor(call, x, fusion), x, gamma, beta);
    }

    /// <summary>The same on x, γ and β seen in another shape, without views that would take longer than a small x; the result has the shape of x.</summary>
    public static Tensor? Apply(Tensor x, long[] seen, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps, Fusion? fusion = null)
    {
        if (!MayBeFused(x) || NativeTensor.IsContiguous(x.Handle) == 0 || PlanOf(x, Shape.Of(x), seen, axes, gamma, beta, featureAxes, eps) is not { } call) return null;
        return Run(NodeFor(call, x, fusion), x, gamma, beta);
    }

    /// <summary>The same, and the moments of x without gradient.</summary>
    public static Tensor? Apply(Tensor x, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps, out Moments? moments, Fusion? fusion = null)
    {
        moments = null;
        if (Plan(x, axes, gamma, beta, featureAxes, eps) is not { } call) return null;
        if (NodeFor(call, x, fusion) is not { } node || node.Forward(x, gamma, beta) is not (not 0 and var y)) return null;
        moments = node.Moments(Precision.OfStatistics(x.dtype));
        return node.Finish(y, x, gamma, beta);
    }

    /// <summary>The same with a mean and a variance from elsewhere for each set that shares them, in the order of the sets, if they are constants.</summary>
    public static Tensor? Apply(Tensor x, long[] axes, Tensor mean, Tensor variance, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps, Fusion? fusion = null)
    {
        if (!IsReadableStatistic(mean, x) || !IsReadableStatistic(variance, x) || GraphNode.IsNeeded(mean.Handle, variance.Handle)) return null;
        if (Plan(x, axes, gamma, beta, featureAxes, eps) is not { } call || call.Geometry.Sets != mean.numel() || call.Geometry.Sets != variance.numel()) return null;
        var node = NodeFor(call with { IsGiven = true }, x, fusion);
        node?.Take(mean, variance);
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
    public static Tensor? ApplyRms(Tensor x, long[] axes, Tensor? gamma, long[] featureAxes, double eps, Fusion? fusion = null)
    {
        if (Plan(x, axes, gamma, null, featureAxes, eps) is not { } call) return null;
        return Run(NodeFor(call with { IsCentered = false }, x, fusion), x, gamma, null);
    }

    /// <summary>The same as batch statistics with running ones that the kernel updates in its pass; only on a GPU, since on the CPU that is no pass.</summary>
    public static Tensor? ApplyTracking(Tensor x, long[] axes, Tensor? gamma, Tensor? beta, long[] featureAxes, double eps, RunningAverage running, Fusion? fusion = null)
    {
        if (!IsForGpu(x) || !IsReadableStatistic(running.Mean, x) || !IsReadableStatistic(running.Variance, x)) return null;
        if (Plan(x, axes, gamma, beta, featureAxes, eps) is not { } call || call.Geometry.Outer != 1) return null;
        return Run(CudaNode.Rent(call, x, fusion, running), x, gamma, beta);
    }

    private static Tensor? Run(NormNode? node, Tensor x, Tensor? gamma, Tensor? beta) =>
        node is not null && node.Forward(x, gamma, beta) is not 0 and var y ? node.Finish(y, x, gamma, beta) : null;

    /// <summary>Whether the kernels of a GPU are those for x.</summary>
    public static bool IsForGpu(Tensor x) => x.device_type != TorchSharp.DeviceType.CPU || CudaPlace.InPlaceOfCpu is not null;

    // The kernels of the CPU fuse nothing else.
    private static NormNode? NodeFor(NormCall call, Tensor x, Fusion? fusion = null) =>
        IsForGpu(x) ? CudaNode.Rent(call, x, fusion) : fusion is null ? CpuNode.Rent(call) : null;
}
