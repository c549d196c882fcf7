using TorchSharp;
using static TorchSharp.torch;

namespace NormCore.Tests.Distributed;

public class ReplicasTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_replica_gathers_the_tensors_of_all_in_the_order_of_their_ranks()
    {
        using var scope = NewDisposeScope();
        var gathered = OnReplicas.Run(4, group =>
        {
            Assert.Equal(4, group.Size);
            using var first = group.AllGather(tensor((long[])[group.Rank, 10]));
            using var second = group.AllGather(first.select(1, 0)); // again, at once
            return second.clone();
        });
        foreach (var rows in gathered) Assert.Equal([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3], rows.data<long>().ToArray());
    }

    [Fact]
    public void Thousands_of_meetings_of_unequally_fast_replicas_stay_in_step()
    {
        OnReplicas.Run(5, group =>
        {
            var random = new Random(group.Rank);
            for (var i = 0; i < 2000; i++)
            {
                if (random.Next(20) == 0) Thread.Sleep(0);
                using var mine = tensor((long)((i * 10) + group.Rank));
                using var all = group.AllGather(mine);
                Assert.Equal(Enumerable.Range(i * 10, 5).Select(number => (long)number), all.data<long>());
            }
        });
    }

    [Fact]
    public void One_replica_runs_on_the_thread_of_the_caller()
    {
        var thread = OnReplicas.Run(1, group =>
        {
            using var x = rand(2);
            using var gathered = group.AllGather(x);
            Assert.Equal([1, 2], gathered.shape);
            return Environment.CurrentManagedThreadId;
        });
        Assert.Equal([Environment.CurrentManagedThreadId], thread);
        Assert.Equal((0, 1), (ReplicaGroup.Alone().Rank, ReplicaGroup.Alone().Size));
    }

    [Fact]
    public void An_exception_of_one_replica_releases_the_others_and_reaches_the_caller()
    {
        var released = 0;
        var error = Assert.Throws<FormatException>(() => OnReplicas.Run(3, group =>
        {
            if (group.Rank == 1) throw new FormatException("bad data");
            using var x = rand(2);
            Assert.Contains("bad data", Assert.Throws<InvalidOperationException>(() => group.AllGather(x)).Message, StringComparison.Ordinal);
            Interlocked.Increment(ref released);
        }));
        Assert.Equal("bad data", error.Message);
        Assert.Equal(2, released);
    }

    [Fact]
    public void A_replica_that_returns_early_releases_the_others()
    {
        var error = Assert.Throws<InvalidOperationException>(() => OnReplicas.Run(3, group =>
        {
            using var x = rand(2);
            if (group.Rank != 2) group.AllGather(x).Dispose();
        }));
        Assert.Contains("replica 2 returned", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Different_shapes_in_one_collective_are_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => OnReplicas.Run(2, group =>
        {
            using var layer = new SyncBatchNorm(2 + group.Rank, group);
            using var x = rand(4, 2 + group.Rank);
            layer.call(x).Dispose();
        }));
        Assert.Contains("same order", error.Message, StringComparison.Ordinal);
    }

    // Exceptions inside native code's backward pass would end the process.
    [Fact]
    public void A_replica_missing_in_the_backward_pass_gives_NaN_gradients_and_an_error_afterwards()
    {
        var sawNaN = false;
        Assert.Throws<InvalidOperationException>(() => OnReplicas.Run(2, group =>
        {
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
    public void A_failed_backward_pass_is_an_error_even_where_nobody_asks()
    {
        var finished = 0;
        Assert.ThrowsAny<Exception>(() => OnReplicas.Run(2, group =>
        {
            using var scope = NewDisposeScope();
            using var layer = new SyncBatchNorm(2, group);
            var x = rand(4, 2).requires_grad_();
            var loss = layer.call(x).square().sum();
            if (group.Rank == 0) loss.backward();
            else Assert.Throws<InvalidOperationException>(() => layer.call(x)); // forward against backward: other shapes
            finished++;
        }));
        Assert.Equal(2, finished);
    }

    [Fact]
    public void Waiting_ends_after_the_timeout()
    {
        var error = Assert.Throws<TimeoutException>(() => Replicas.Run(
            2,
            group =>
            {
                using var x = rand(2);
                if (group.Rank == 0) group.AllGather(x).Dispose();
                else Cancelled.WaitHandle.WaitOne(TimeSpan.FromSeconds(1));
            },
            TimeSpan.FromSeconds(0.1),
            Cancelled));
        Assert.Contains("only replica 0 came", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_ends_waiting()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        Assert.Throws<OperationCanceledException>(() => Replicas.Run(
            2,
            group =>
            {
                using var x = rand(2);
                if (group.Rank == 1) source.Cancel();
                group.AllGather(x).Dispose();
            },
            cancellationToken: source.Token));
    }

    [Fact]
    public void Two_replicas_on_one_gpu_are_refused_and_on_one_processor_welcome()
    {
        Assert.True(Rendezvous.Collide((DeviceType.CUDA, 0), (DeviceType.CUDA, 0)));
        Assert.False(Rendezvous.Collide((DeviceType.CUDA, 0), (DeviceType.CUDA, 1)));
        Assert.False(Rendezvous.Collide((DeviceType.CPU, -1), (DeviceType.CPU, -1)));
    }

    [Fact]
    public void Nonsense_is_refused_before_any_thread_starts()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => OnReplicas.Run(0, _ => 0));
        Assert.Throws<ArgumentNullException>(() => OnReplicas.Run(2, (Func<ReplicaGroup, int>)null!));
        Assert.Throws<ArgumentNullException>(() => OnReplicas.Run(2, (Action<ReplicaGroup>)null!));
        Assert.Throws<ArgumentNullException>(() => new SyncBatchNorm(2, null!));
        Assert.Throws<ArgumentNullException>(() => ReplicaGroup.Alone().AllGather(null!));
        var disposed = rand(2);
        disposed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ReplicaGroup.Alone().AllGather(disposed));
    }
}
