using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>The kernels of the CPU as an operation of torch; statistics are kept in double.</summary>
internal sealed unsafe class CpuNode : NormNode
{
    private const int MostWaiting = 256;
    private const int MostStatistics = 1 << 16;

    // In standard deviations: the rounded mean moves x̂ by 16 units of float64's last place at most.
    private const double FarMean = 16;
    private static readonly ConcurrentQueue<CpuNode> Waiting = new();

    private double[] statistics = []; // means, then variances

    private nint Sets => Call.Geometry.Sets;

    public static CpuNode Rent(NormCall call)
    {
        if (!Waiting.TryDequeue(out var node)) node = new CpuNode();
        node.Call = call;
        if (node.statistics.Length < 2 * call.Geometry.Sets) node.statistics = GC.AllocateUninitializedArray<double>(2 * (int)call.Geometry.Sets);
        return node;
    }

    public override void Take(Tensor mean, Tensor variance)
    {
        StatisticsMemory.Read(mean, statistics.AsSpan(0, (int)Sets));
        StatisticsMemory.Read(variance, statistics.AsSpan((int)Sets, (int)Sets));
    }

    public override Moments Moments(ScalarType type)
    {
        var shape = Call.StatisticsShape();
        var (mean, variance) = (empty(shape, type, CPU), empty(shape, type, CPU));
        StatisticsMemory.Write(statistics.AsSpan(0, (int)Sets), mean);
        StatisticsMemory.Write(statistics.AsSpan((int)Sets, (int)Sets), variance);
        return new Moments(mean, variance, Call.Geometry.Count);
    }

    protected override nint Compute(nint x, nint gamma, nint beta)
    {
        var y = EmptyLike(x);
        var kernels = FusedNorm.For(Type);
        var affine = new Affine(DataOrNull(gamma), DataOrNull(beta), ParameterType);
        fixed (double* mean = statistics)
        {
            var variance = mean + Sets;
            void* from = NativeTensor.Data(x), to = NativeTensor.Data(y);
            if (Call.IsGiven) kernels.Apply(Call.Geometry, from, to, affine, Call.Eps, mean, variance);
            else kernels.Forward(Call.Geometry, from, to, affine, Call.Eps, Call.IsCentered, mean, variance);
        }
        if (!IsBeyondKernels()) return y;
        NativeTensor.Delete(y);
        return 0;
    }

    protected override void Compute(in GivenGradients given, Span<nint> gradients)
    {
        var kernels = FusedNorm.For(Type);
        var affine = new Affine(DataOrNull(given.Gamma), 0, ParameterType);
        var gradient = new Affine(DataOrNull(gradients, 1), DataOrNull(gradients, 2), ParameterType);
        fixed (double* mean = statistics)
        {
            var variance = mean + Sets;
            void* from = NativeTensor.Data(given.Dy), at = NativeTensor.Data(given.X), to = (void*)DataOrNull(gradients, 0);
            if (Call.IsGiven) kernels.BackwardApply(Call.Geometry, from, at, to, affine, gradient, Call.Eps, mean, variance);
            else kernels.Backward(Call.Geometry, from, at, to, affine, gradient, Call.Eps, Call.IsCentered, mean, variance);
        }
    }

    protected override nint EmptyLike(nint x) => PooledTensor.EmptyLike(x, Call.Input);

    protected override void Recycle()
    {
        if (statistics.Length > MostStatistics) statistics = [];
        if (Waiting.Count < MostWaiting) Waiting.Enqueue(this);
    }

    // A variance of 0 with ε = 0 needs an error; and a mean of x in float64 has no wider type for what rounding takes away of it.
    private bool IsBeyondKernels()
    {
        if (Call.Eps != 0 && (Type != ScalarType.Float64 || Call.IsGiven)) return false;
        for (var set = 0; set < Sets; set++)
        {
            var (mean, variance) = (statistics[set], statistics[Sets + set]);
            if (Call.Eps == 0 && variance == 0) return true;
            if (Type == ScalarType.Float64 && !Call.IsGiven && mean * mean > FarMean * FarMean * (variance + Call.Eps)) return true;
        }
        return false;
    }
}
