using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>Batch norm of one shard of a batch that several replicas share, by the kernels of a GPU: moments, a collective, y; sums, a collective, dx.</summary>
/// <remarks>
/// The replicas go this way together or not at all, as the collectives differ. So where a launch fails, and for an empty shard, operations
/// of torch take its place, and the collective goes on.
/// </remarks>
internal sealed partial class CudaShardNode : CudaNode
{
    private static readonly long[] FeatureAxes = [1];
    private readonly ReplicaGroup group;
    private long count;

    private CudaShardNode(NormCall call, CudaPlace place, ReplicaGroup group)
    {
        (Call, Place, this.group) = (call with { IsGiven = true }, place, group);
    }

    /// <summary>A node for x (N, C, *), whose N may be 0; null where there are no kernels for it.</summary>
    public static CudaShardNode? Of(Tensor x, Tensor? gamma, Tensor? beta, double eps, ReplicaGroup group) =>
        FusedPath.IsForGpu(x) && FusedPath.PlanOfShard(x, Axes.AllBut(1, (int)x.dim()), gamma, beta, FeatureAxes, eps) is { } call && PlaceFor(call, x) is { } place
            ? new CudaShardNode(call, place, group)
            : null;

    private bool IsEmpty => Call.Geometry.Elements == 0;

    /// <summary>The mean, what rounding took from it and the variance of x, (3, C) in float32; null, and a warning, where a launch fails.</summary>
    public Tensor? OwnMoments(Tensor x)
    {
        var own = zeros([3, x.shape[1]], ScalarType.Float32, x.device);
        if (IsEmpty) return own;
        var call = new CudaForward { Geometry = Call.Geometry, Element = ElementOf(x.dtype)!.Value, Centered = true };
        try
        {
            using var scratch = DeviceTensor.Bytes(CudaNorm.ForwardScratchBytes(call, Place.Device.Properties), x.Handle);
            var (mean, row) = (DataOrNull(own.Handle), (nint)x.shape[1] * sizeof(float));
            CudaNorm.PartialMoments(
                Place.Device, call.Geometry, call.Element, DataOrNull(x.Handle), mean, mean + row, mean + 2 * row, scratch.Data, Place.CurrentStream());
            return own;
        }
        catch (CudaException reason)
        {
            CudaKernels.Warn(reason);
            return null;
        }
    }

    /// <summary>y with the moments of all replicas.</summary>
    public Tensor Normalize(Tensor x, Tensor? gamma, Tensor? beta, SharedMoments batch)
    {
        var (mean, variance) = (batch.Moments.Mean, batch.Moments.Variance);
        Statistics = CudaStatistics.Of(stack([batch.Center, mean, variance, (variance + Call.Eps).rsqrt()]).view(4, -1)); // (4, 1, C, 1, …) → (4, C)
        count = batch.Moments.Count;
        return Finish(Forward(x, gamma, beta), x, gamma, beta);
    }

    protected override nint Compute(nint x, nint gamma, nint beta)
    {
        if (IsEmpty) return EmptyLike(x);
        if (base.Compute(x, gamma, beta) is not 0 and var y) return y;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var xhat = SharedBackward.Of(NativeTensor.AsTensor(x), Saved(), Call.Eps).Xhat;
        var affine = NativeTensor.AsTensors([gamma, beta]);
        return NativeTensor.Share(Composed.Affine(xhat, affine[0], affine[1], FeatureAxes).to(Type).Handle);
    }

    protected override void Recycle() => Release();

    private Device DeviceOfStatistics => Statistics.AsTensor().device;

    private SharedMoments Saved()
    {
        var (all, shape) = (Statistics.AsTensor(), Call.StatisticsShape());
        return new SharedMoments(all[0].view(shape), new Moments(all[1].view(shape), all[2].view(shape), count), AreByKernels: true);
    }
}
