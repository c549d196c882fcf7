using TorchSharp;
using static TorchSharp.torch;

namespace NormCore.Tests.Distributed;

public class SyncTrainingTests
{
    private const int Rows = 15;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_network_trained_on_replicas_ends_with_the_weights_of_one_trained_alone(int replicas)
    {
        using var scope = NewDisposeScope();
        var alone = Trained(1, layer => new BatchNorm(4, dtype: ScalarType.Float64))[0];
        var together = Trained(replicas, group => new SyncBatchNorm(4, group, dtype: ScalarType.Float64));
        foreach (var weights in together)
            foreach (var (name, weight) in weights)
            {
                // 20 steps; each adds some hundred roundings of 1e-16 and may amplify what is there a few times.
                Assert.True(ShardedRun.MaxDifference(weight, alone[name]) < 1e-9, name);
                Assert.True(weight.Equals(together[0][name]), $"{name} differs between replicas");
            }
        Assert.True(ShardedRun.MaxDifference(alone["0.weight"], Trained(1, _ => new BatchNorm(4, dtype: ScalarType.Float64), steps: 0)[0]["0.weight"]) > 0.01);
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes()
    {
        using var scope = NewDisposeScope();
        var runs = Enumerable.Range(0, 3).Select(_ => Trained(3, group => new SyncBatchNorm(4, group, dtype: ScalarType.Float64))[0]).ToArray();
        foreach (var run in runs)
            Assert.All(run, pair => Assert.Equal(runs[0][pair.Key].bytes.ToArray(), pair.Value.bytes.ToArray()));
    }

    // Native code holds addresses of tensors that nothing managed may refer to any more. No operation here takes a number:
    // TorchSharp's temporary numbers do not survive a collection on another thread.
    [Fact]
    public void Garbage_collection_between_gathering_and_backward_changes_no_gradient()
    {
        OnReplicas.Run(3, group =>
        {
            using var scope = NewDisposeScope();
            var x = arange(12, ScalarType.Float64).requires_grad_();
            for (var i = 0; i < 5; i++)
            {
                // Each replica's share of d(Σ Σ g²)/dx, g being what all three gathered: 2 x from every one of them.
                var gathered = group.AllGather(x);
                GC.Collect();
                var gradient = autograd.grad([gathered.mul(gathered).sum()], [x])[0];
                Assert.Equal(arange(12, ScalarType.Float64).data<double>().Select(value => 6 * value), gradient.data<double>());
            }
        });
    }

    [Fact]
    public void Training_steps_leave_no_tensors_behind()
    {
        OnReplicas.Run(2, group =>
        {
            using var network = Network(new SyncBatchNorm(4, group, dtype: ScalarType.Float64), new SyncBatchNorm(4, group, dtype: ScalarType.Float64));
            using var optimizer = optim.SGD(network.parameters(), 0.05);
            var (x, target) = Data();
            using (x)
            using (target)
            {
                Step(group, network, optimizer, x, target);
                var before = Live();
                for (var i = 0; i < 5; i++) Step(group, network, optimizer, x, target);
                // A stack taken by two replicas is made on one thread and disposed on the other, so only their sum is fixed.
                using var growth = tensor(Live() - before);
                using var all = group.AllGather(growth);
                Assert.Equal(0, all.sum().item<long>());
            }
        });
    }

    private static IReadOnlyList<Dictionary<string, Tensor>> Trained(int replicas, Func<ReplicaGroup, nn.Module<Tensor, Tensor>> norm, int steps = 20)
    {
        using var seed = Network(norm(ReplicaGroup.Alone()), norm(ReplicaGroup.Alone()));
        using var generator = new Generator(3);
        using (no_grad())
            foreach (var parameter in seed.parameters())
                parameter.copy_(randn(parameter.shape, ScalarType.Float64, generator: generator) * 0.5);
        var (x, target) = Data();
        return OnReplicas.Run(replicas, group =>
        {
            using var network = Network(norm(group), norm(group));
            network.load_state_dict(seed.state_dict());
            using var optimizer = optim.SGD(network.parameters(), 0.05);
            for (var i = 0; i < steps; i++) Step(group, network, optimizer, x, target);
            return network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone());
        });
    }

    // Shards of unequal size; the loss is a sum over rows and parameter gradients are added over the replicas.
    private static void Step(ReplicaGroup group, nn.Module<Tensor, Tensor> network, optim.Optimizer optimizer, Tensor x, Tensor target)
    {
        using var scope = NewDisposeScope();
        var start = Rows * group.Rank * group.Rank / (group.Size * group.Size);
        var end = Rows * (group.Rank + 1) * (group.Rank + 1) / (group.Size * group.Size);
        optimizer.zero_grad();
        ((network.call(x[start..end]) - target[start..end]).square().sum() / Rows).backward();
        foreach (var parameter in network.parameters()) parameter.grad = group.AllGather(parameter.grad!).sum([0L]);
        optimizer.step();
    }

    private static nn.Module<Tensor, Tensor> Network(nn.Module<Tensor, Tensor> first, nn.Module<Tensor, Tensor> second) => nn.Sequential(
        ("0", nn.Conv2d(2, 4, 3, padding: 1, dtype: ScalarType.Float64)), ("1", first), ("2", nn.GELU()),
        ("3", nn.Conv2d(4, 4, 3, dtype: ScalarType.Float64)), ("4", second), ("5", nn.GELU()));

    private static (Tensor X, Tensor Target) Data()
    {
        using var generator = new Generator(4);
        return (randn([Rows, 2, 5, 5], ScalarType.Float64, generator: generator), randn([Rows, 4, 3, 3], ScalarType.Float64, generator: generator));
    }

    private static long Live() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
}
