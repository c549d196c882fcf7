using NormCore.Tests.Cuda.Fake;
using NormCore.Tests.Distributed;
using NormCore.Tests.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace NormCore.Tests.Cuda.Torch;

/// <summary>Synchronized batch norm whose replicas each have a GPU: moments and sums by kernels, and a collective after each.</summary>
public class SyncTests
{
    private static readonly string[] Kernels = ["columns_moments", "columns_apply", "columns_sums", "columns_dx", "runs_moments", "runs_apply", "runs_sums", "runs_backward", "runs_dx", "rows_backward"];

    public static TheoryData<string, ScalarType> ShardsAndTypes()
    {
        var data = new TheoryData<string, ScalarType>();
        foreach (var shards in (string[])["6", "3 5", "1 1", "0 4", "4 0 0 3", "2 1 1 5 1", "0 0"]) data.Add(shards, ScalarType.Float32);
        data.Add("4 0 3", ScalarType.BFloat16);
        data.Add("4 0 3", ScalarType.Float16);
        return data;
    }

    [Theory]
    [MemberData(nameof(ShardsAndTypes))]
    public void Shards_together_equal_batch_norm_of_their_concatenation(string shards, ScalarType type)
    {
        Gcc.Require();
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(31);
        var sizes = shards.Split(' ').Select(long.Parse).ToArray();
        foreach (var (space, isLast) in (IEnumerable<(long[], bool)>)[([], false), ([5], false), ([6, 8], false), ([3, 2], true)])
        {
            var problem = Problem.Of(random, sizes, space, type, isLast);
            FakeCuda.Reset();
            var runs = problem.OnGpus();
            var launches = FakeCuda.Launches();
            RequireClose(ShardedRun.Concatenated(runs), problem.Whole(), type);
            Assert.All(runs, run => Assert.True(run.RunningMean.equal(runs[0].RunningMean).all().item<bool>() && run.RunningVariance.equal(runs[0].RunningVariance).all().item<bool>()));
            // Moments, y, sums and dx of each shard that has elements.
            Assert.Equal(4 * sizes.Count(size => size > 0), launches.Count(launch => Kernels.Contains(launch.Kernel)));
            Assert.All(launches, launch => Assert.Contains(sizes.Index(), shard => shard.Item > 0 && shard.Index % 2 == launch.Device));
        }
    }

    [Fact]
    public void Kernels_and_composed_operations_agree_and_the_same_run_gives_the_same_bits()
    {
        Gcc.Require();
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(32);
        var problem = Problem.Of(random, [2, 0, 3], [6, 8], ScalarType.Float32);
        var runs = new[] { problem.OnGpus(), problem.OnGpus() }.Select(ShardedRun.Concatenated).ToArray();
        foreach (var ((name, one), (_, other)) in runs[0].All.Zip(runs[1].All)) Assert.True(one.bytes.SequenceEqual(other.bytes), name);
        RequireClose(runs[0], ShardedRun.Concatenated(problem.Sharded(_ => null)), ScalarType.Float32);
        FakeCuda.Reset();
        CudaKernels.IsEnabled = false;
        try
        {
            RequireClose(runs[0], ShardedRun.Concatenated(problem.OnGpus()), ScalarType.Float32);
            Assert.Empty(FakeCuda.Launches());
        }
        finally
        {
            CudaKernels.IsEnabled = true;
        }
    }

    [Theory]
    [InlineData("a replica without kernels")]
    [InlineData("launches fail")]
    [InlineData("launches fail after the moments")]
    [InlineData("launches fail backward")]
    public void Replicas_stay_in_step_where_one_of_them_has_to_compose(string what)
    {
        using var gpu = FakeGpu.Use();
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(33);
        var problem = Problem.Of(random, [2, 4, 3], [6, 8], ScalarType.Float32);
        var warning = CudaKernels.Warning;
        CudaKernels.Warning = null;
        try
        {
            if (what == "launches fail") FakeCuda.Fail("cuLaunchKernel", 999, 1000);
            problem.BeforeCollective = (rank, collective) =>
            {
                var fails = what == "launches fail after the moments" && collective == 0 || what == "launches fail backward" && collective == 1;
                if (fails) FakeCuda.Fail("cuLaunchKernel", 999, 1000);
            };
            RequireClose(ShardedRun.Concatenated(problem.Sharded(rank => what == "a replica without kernels" && rank == 1 ? null : FakeGpu.OfReplica(rank))), problem.Whole(), ScalarType.Float32);
        }
        finally
        {
            CudaKernels.Warning = warning;
            FakeCuda.Reset();
        }
    }

    [Fact]
    public void Second_derivatives_equal_those_of_batch_norm()
    {
        Gcc.Require();
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(34);
        var problem = Problem.Of(random, [2, 0, 4, 1], [3], ScalarType.Float32);
        var v = random.Normal(7, 3, 3).to(ScalarType.Float32);
        var expected = Problem.HessianProduct(problem.Source, problem.X, problem.Dy, v);
        var actual = cat([.. OnReplicas.Run(4, group =>
        {
            using var gpu = FakeGpu.OfReplica(group.Rank);
            using var layer = problem.Layer(group);
            return Problem.HessianProduct(layer, problem.Shard(problem.X, group), problem.Shard(problem.Dy, group), problem.Shard(v, group));
        })]);
        Assert.True(ShardedRun.MaxDifference(actual, expected) < 1e-4 * expected.abs().max().item<float>());
        Assert.True(expected.abs().max().item<float>() > 0.1);
    }

    [Fact]
    public void Training_steps_leave_no_tensor_behind()
    {
        Gcc.Require();
        OnReplicas.Run(2, group =>
        {
            using var gpu = FakeGpu.OfReplica(group.Rank);
            using var scope = NewDisposeScope();
            using var layer = new SyncBatchNorm(4, group);
            var (x, dy) = (randn(3, 4, 8, 8).requires_grad_(), randn(3, 4, 8, 8));
            long Live() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
            void Step(bool createsGraph)
            {
                using var inner = NewDisposeScope();
                autograd.grad([layer.call(x)], [x, .. layer.parameters()], [dy], retain_graph: createsGraph, create_graph: createsGraph);
            }
            Step(true);
            var before = Live();
            for (var i = 0; i < 6; i++) Step(i % 2 > 0);
            // What two replicas take together is made on one thread and disposed on the other.
            using var all = group.AllGather(tensor(Live() - before));
            Assert.Equal(0, all.sum().item<long>());
        });
    }

    [Fact]
    public void A_replica_missing_in_the_backward_pass_gives_NaN_gradients_and_an_error_afterwards()
    {
        Gcc.Require();
        var sawNaN = false;
        Assert.Throws<InvalidOperationException>(() => OnReplicas.Run(2, group =>
        {
            using var gpu = FakeGpu.OfReplica(group.Rank);
            using var scope = NewDisposeScope();
            using var layer = new SyncBatchNorm(2, group);
            var x = rand(4, 2).requires_grad_();
            var loss = layer.call(x).square().sum();
            if (group.Rank == 1) return;
            loss.backward();
            sawNaN = x.grad!.isnan().all().item<bool>();
            group.ThrowIfFailed();
        }));
        Assert.True(sawNaN);
    }

    [Fact]
    public void One_value_per_channel_of_all_replicas_together_is_refused_on_all()
    {
        Gcc.Require();
        var refused = 0;
        Assert.Throws<ArgumentException>(() => OnReplicas.Run(3, group =>
        {
            using var gpu = FakeGpu.OfReplica(group.Rank);
            using var layer = new SyncBatchNorm(2, group);
            try
            {
                layer.call(rand(group.Rank == 1 ? 1 : 0, 2));
            }
            catch (ArgumentException)
            {
                Interlocked.Increment(ref refused);
                throw;
            }
        }));
        Assert.Equal(3, refused);
    }

    // Sums of at most 13 · 48 terms of order 1 in float32; half types are rounded once, at the end, and their parameters' gradients too.
    private static void RequireClose(ShardedRun actual, ShardedRun expected, ScalarType type)
    {
        foreach (var ((name, ours), (_, value)) in actual.All.Zip(expected.All))
        {
            Assert.Equal(value.shape, ours.shape);
            var size = value.numel() == 0 ? 0 : value.abs().max().to(ScalarType.Float64).item<double>();
            var tolerance = finfo(ours.dtype).eps * (ours.dtype == ScalarType.Float32 ? 200 : 4);
            Assert.True(ShardedRun.MaxDifference(ours, value) <= tolerance * Math.Max(1, size), $"{name} in {type} differs by {ShardedRun.MaxDifference(ours, value)} at size {size}");
        }
    }
}
