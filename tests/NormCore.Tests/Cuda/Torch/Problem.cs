using NormCore.Tests.Distributed;
using NormCore.Tests.Layers;
using static TorchSharp.torch;

namespace NormCore.Tests.Cuda.Torch;

/// <summary>A batch norm, a batch, and how it is split between replicas.</summary>
internal sealed class Problem(BatchNorm source, Tensor x, Tensor dy, long[] sizes)
{
    public BatchNorm Source => source;

    public Tensor X => x;

    public Tensor Dy => dy;

    /// <summary>Called by each replica with its rank and the number of the collective that it is about to enter.</summary>
    public Action<int, int>? BeforeCollective { get; set; }

    public static Problem Of(RandomLayers random, long[] sizes, long[] space, ScalarType type, bool isLast = false)
    {
        long[] shape = [sizes.Sum(), 3, .. space];
        Tensor Values() => random.Normal(shape).to(type);
        return new Problem(random.BatchNorm(3, type: type), Laid(Values() * 2 + 3, isLast), Laid(Values(), isLast), sizes);
    }

    public Tensor Shard(Tensor whole, ReplicaGroup group) => whole.split(sizes)[group.Rank];

    public SyncBatchNorm Layer(ReplicaGroup group)
    {
        var layer = new SyncBatchNorm(source.NumFeatures, new Watched(group, BeforeCollective), source.Eps, source.Momentum, dtype: source.Weight!.dtype);
        layer.load_state_dict(source.state_dict());
        return layer;
    }

    /// <summary>The whole batch on the CPU in float64.</summary>
    public ShardedRun Whole()
    {
        using var exact = new BatchNorm(source.NumFeatures, source.Eps, source.Momentum, dtype: ScalarType.Float64);
        using (no_grad())
            foreach (var (name, value) in exact.state_dict()) value.copy_(source.state_dict()[name]);
        return ShardedRun.Whole(exact, x.to(ScalarType.Float64), dy.to(ScalarType.Float64));
    }

    /// <summary>Each replica on a GPU of its own.</summary>
    public IReadOnlyList<ShardedRun> OnGpus() => Sharded(FakeGpu.OfReplica);

    public IReadOnlyList<ShardedRun> Sharded(Func<int, IDisposable?> place) => OnReplicas.Run(sizes.Length, group =>
    {
        using var gpu = place(group.Rank);
        using var layer = Layer(group);
        var input = Shard(x, group).detach().requires_grad_();
        var y = layer.call(input);
        y.backward([Shard(dy, group)]);
        return new ShardedRun(
            y.detach(), input.grad!, layer.Weight!.grad!.clone(), layer.Bias!.grad!.clone(), layer.RunningMean!.clone(), layer.RunningVariance!.clone());
    });

    /// <summary>d/dx of ⟨v, d/dx Σ y² dy⟩: curved even where normalization itself is not.</summary>
    public static Tensor HessianProduct(nn.Module<Tensor, Tensor> layer, Tensor values, Tensor dy, Tensor v)
    {
        var input = values.detach().requires_grad_();
        var gradient = autograd.grad([(layer.call(input).square() * dy).sum()], [input], create_graph: true, retain_graph: true)[0];
        return autograd.grad([(gradient * v).sum()], [input])[0];
    }

    private static Tensor Laid(Tensor x, bool isLast) => isLast ? x.transpose(1, -1).contiguous().transpose(1, -1) : x;

    private sealed class Watched(ReplicaGroup group, Action<int, int>? before) : ReplicaGroup
    {
        private int collective;

        public override int Rank => group.Rank;

        public override int Size => group.Size;

        protected internal override Tensor Exchange(Tensor x)
        {
            before?.Invoke(Rank, collective++);
            return group.Exchange(x);
        }
    }
}
