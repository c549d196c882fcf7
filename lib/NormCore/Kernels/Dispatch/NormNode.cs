using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>A fused normalization as an operation of torch: the kernels' forward and backward, and what goes from one to the other.</summary>
/// <remarks>Statistics stay here in double; x and γ are kept as torch keeps what it saves, β is not needed again.</remarks>
internal sealed unsafe class NormNode : GraphNode
{
    private const int MostWaiting = 256;
    private const int MostStatistics = 1 << 16;

    // In standard deviations: the rounded mean moves x̂ by 16 units of float64's last place at most.
    private const double FarMean = 16;
    private static readonly ConcurrentQueue<NormNode> Waiting = new();

    private NormCall call = null!;
    private double[] statistics = []; // means, then variances
    private bool hasGamma;
    private ScalarType type, parameterType;
    private (bool X, bool Gamma, bool Beta) wanted;

    private nint Sets => call.Geometry.Sets;

    public static NormNode Rent(NormCall call)
    {
        if (!Waiting.TryDequeue(out var node)) node = new NormNode();
        node.call = call;
        if (node.statistics.Length < 2 * call.Geometry.Sets) node.statistics = GC.AllocateUninitializedArray<double>(2 * (int)call.Geometry.Sets);
        return node;
    }

    /// <summary>Takes constant statistics, float32 or float64 and contiguous, in place of those of x.</summary>
    public void Take(Tensor mean, Tensor variance)
    {
        StatisticsMemory.Read(mean, statistics.AsSpan(0, (int)Sets));
        StatisticsMemory.Read(variance, statistics.AsSpan((int)Sets, (int)Sets));
    }

    /// <summary>Computes y; 0, and the node is spent, where the statistics turn out to be none for the kernels.</summary>
    public nint Forward(Tensor x, Tensor? gamma, Tensor? beta)
    {
        (type, parameterType, hasGamma) = (x.dtype, (gamma ?? x).dtype, gamma is not null);
        var y = PooledTensor.EmptyLike(x.Handle, call.Input);
        var kernels = FusedNorm.For(type);
        var affine = new Affine(Data(gamma), Data(beta), parameterType);
        fixed (double* mean = statistics)
        {
            var variance = mean + Sets;
            void* from = NativeTensor.Data(x.Handle), to = NativeTensor.Data(y);
            if (call.IsGiven) kernels.Apply(call.Geometry, from, to, affine, call.Eps, mean, variance);
            else kernels.Forward(call.Geometry, from, to, affine, call.Eps, call.IsCentered, mean, variance);
        }
        GC.KeepAlive(x);
        GC.KeepAlive(gamma);
        GC.KeepAlive(beta);
        if (!IsBeyondKernels()) return y;
        NativeTensor.Delete(y);
        Recycle();
        return 0;
    }

    /// <summary>The statistics as tensors.</summary>
    public Moments Moments(ScalarType type)
    {
        var shape = call.StatisticsShape();
        var (mean, variance) = (empty(shape, type, CPU), empty(shape, type, CPU));
        StatisticsMemory.Write(statistics.AsSpan(0, (int)Sets), mean);
        StatisticsMemory.Write(statistics.AsSpan((int)Sets, (int)Sets), variance);
        return new Moments(mean, variance, call.Geometry.Count);
    }

    /// <summary>y as a tensor, in the graph where there is one.</summary>
    public Tensor Finish(nint y, Tensor x, Tensor? gamma, Tensor? beta)
    {
        Span<nint> inputs = [x.Handle, 0, 0];
        var count = 1;
        if (gamma is not null) inputs[count++] = gamma.Handle;
        if (beta is not null) inputs[count++] = beta.Handle;
        inputs = inputs[..count];
        var output = y;
        if (IsNeeded(inputs))
        {
            wanted = (RequiresGrad(x), gamma is not null && RequiresGrad(gamma), beta is not null && RequiresGrad(beta));
            output = Attach(y, inputs, inputs[..(hasGamma ? 2 : 1)]);
        }
        else
        {
            Recycle();
        }
        GC.KeepAlive(x);
        GC.KeepAlive(gamma);
        GC.KeepAlive(beta);
        return Tensor.UnsafeCreateTensor(output);
    }

    protected override void Backward(nint dy, Span<nint> gradients)
    {
        using var x = new OwnedTensor(Kept(0));
        using var gamma = new OwnedTensor(hasGamma ? Kept(1) : 0);
        using var ordered = new OwnedTensor(IsReadable(dy, x.Handle) ? NativeTensor.Share(dy) : Ordered(dy, x.Handle));
        if (wanted.X) gradients[0] = PooledTensor.EmptyLike(x.Handle, call.Input);
        if (wanted.Gamma) gradients[1] = NativeTensor.EmptyLike(gamma.Handle);
        if (wanted.Beta) gradients[2] = NativeTensor.EmptyLike(gamma.Handle);
        var kernels = FusedNorm.For(type);
        var affine = new Affine(gamma.Data, 0, parameterType);
        var gradient = new Affine(DataOrNull(gradients, 1), DataOrNull(gradients, 2), parameterType);
        fixed (double* mean = statistics)
        {
            var variance = mean + Sets;
            void* from = (void*)ordered.Data, at = (void*)x.Data, to = (void*)DataOrNull(gradients, 0);
            if (call.IsGiven) kernels.BackwardApply(call.Geometry, from, at, to, affine, gradient, call.Eps, mean, variance);
            else kernels.Backward(call.Geometry, from, at, to, affine, gradient, call.Eps, call.IsCentered, mean, variance);
        }
    }

    protected override Tensor?[] BackwardOfTensors(Tensor dy)
    {
        var x = Tensor.UnsafeCreateTensor(Kept(0));
        var gamma = hasGamma ? Tensor.UnsafeCreateTensor(Kept(1)) : null;
        var given = call.IsGiven ? Moments(Precision.OfStatistics(type)) : null;
        long[] seen = [.. call.FeatureAxes.Select(axis => call.Shape[axis])];
        var (dx, dgamma, dbeta) = ComposedBackward.Gradients(call, dy.reshape(call.Shape), x.reshape(call.Shape), gamma?.view(seen), given, wanted);
        return [dx?.reshape(call.Input), dgamma?.to(parameterType).view(call.Parameters), dbeta?.to(parameterType).view(call.Parameters)];
    }

    protected override long[] ShapeOfInput(int input) => input == 0 ? call.Input : call.Parameters;

    protected override void Recycle()
    {
        if (statistics.Length > MostStatistics) statistics = [];
        if (Waiting.Count < MostWaiting) Waiting.Enqueue(this);
    }

    // A variance of 0 with ε = 0 needs an error; and a mean of x in float64 has no wider type for what rounding takes away of it.
    private bool IsBeyondKernels()
    {
        if (call.Eps != 0 && (type != ScalarType.Float64 || call.IsGiven)) return false;
        for (var set = 0; set < Sets; set++)
        {
            var (mean, variance) = (statistics[set], statistics[Sets + set]);
            if (call.Eps == 0 && variance == 0) return true;
            if (type == ScalarType.Float64 && !call.IsGiven && mean * mean > FarMean * FarMean * (variance + call.Eps)) return true;
        }
        return false;
    }

    private bool IsReadable(nint dy, nint x) => NativeTensor.Type(dy) == NativeTensor.Type(x) && MemoryOrder.IsShared(dy, x, call.Input);

    private nint Ordered(nint dy, nint x)
    {
        var ordered = PooledTensor.EmptyLike(x, call.Input);
        NativeTensor.Copy(ordered, dy, 0);
        return ordered;
    }

    private static bool RequiresGrad(Tensor tensor) => NativeTensor.RequiresGrad(tensor.Handle) != 0;

    private static nint Data(Tensor? tensor) => tensor is null ? 0 : (nint)NativeTensor.Data(tensor.Handle);

    private static nint DataOrNull(Span<nint> tensors, int index) =>
        index < tensors.Length && tensors[index] != 0 ? (nint)NativeTensor.Data(tensors[index]) : 0;
}
