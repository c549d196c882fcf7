using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Data parallelism within one process: the same code on several threads, each with its member of one group.</summary>
/// <remarks>
/// For the CPU, or with one GPU for each replica. torch's default random generator and default type are shared by all threads:
/// give each replica a generator of its own. Gradient mode and dispose scopes belong to a thread and start anew.
/// </remarks>
public static class Replicas
{
    private const int MostReplicas = 1024;

    /// <summary>Runs the body once for each replica and returns when all have ended, with their results in the order of the ranks.</summary>
    /// <param name="count">How many replicas; one runs on the caller's thread.</param>
    /// <param name="body">What a replica does. Tensors it returns belong to the caller.</param>
    /// <param name="timeout">How long a replica waits in a collective for the others; ten minutes by default.</param>
    /// <param name="cancellationToken">Ends waiting in collectives, and is theirs to look at between them.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count below 1 or above 1024, for each replica is a thread.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it while replicas still exchanged tensors.</exception>
    /// <exception cref="TimeoutException">Not all replicas came to a collective.</exception>
    /// <exception cref="InvalidOperationException">A replica returned while others waited for it in a collective.</exception>
    /// <remarks>The first exception of a replica releases the others from their collectives and is thrown here.</remarks>
    public static IReadOnlyList<T> Run<T>(int count, Func<ReplicaGroup, T> body, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostReplicas);
        ArgumentNullException.ThrowIfNull(body);
        var meeting = new Rendezvous(count, timeout ?? TimeSpan.FromMinutes(10));
        using var cancelling = cancellationToken.Register(() => meeting.Fail(new OperationCanceledException(cancellationToken)));
        var results = new T[count];
        if (count == 1) Work(0);
        else Parallel(count, Work);
        if (meeting.Failure is { } failure) ExceptionDispatchInfo.Throw(failure);
        return results;

        void Work(int rank)
        {
            var member = new Member(rank, count, meeting);
            try
            {
                results[rank] = body(member);
                member.ThrowIfFailed();
                meeting.Leave(rank);
            }
            catch (Exception error)
            {
                meeting.Fail(error);
            }
        }
    }

    /// <summary>The same without results.</summary>
    /// <inheritdoc cref="Run{T}(int, Func{ReplicaGroup, T}, TimeSpan?, CancellationToken)"/>
    public static void Run(int count, Action<ReplicaGroup> body, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        Run<object?>(
            count,
            group =>
            {
                body(group);
                return null;
            },
            timeout,
            cancellationToken);
    }

    // Threads of their own: on a pool with fewer threads than replicas the first would wait for one that never starts.
    private static void Parallel(int count, Action<int> work)
    {
        var threads = Enumerable.Range(0, count).Select(rank => new Thread(() => work(rank)) { Name = $"replica {rank}" }).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
    }

    private sealed class Member(int rank, int size, Rendezvous meeting) : ReplicaGroup
    {
        public override int Rank => rank;

        public override int Size => size;

        protected internal override Tensor Exchange(Tensor x) => meeting.Exchange(rank, x);
    }
}
