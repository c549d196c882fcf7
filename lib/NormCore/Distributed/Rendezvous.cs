using NormCore.Checks;
using TorchSharp;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Where replicas on threads meet: each brings a tensor and waits until all have, or until one cannot come any more.</summary>
internal sealed class Rendezvous(int size, TimeSpan timeout)
{
    private readonly object gate = new();
    private readonly List<int> departed = [];
    private Round round = new(size);
    private Exception? failure;

    /// <summary>What ended the group first, or null.</summary>
    public Exception? Failure
    {
        get { lock (gate) return failure; }
    }

    /// <summary>Brings x and takes everyone's, stacked in the order of the ranks.</summary>
    public Tensor Exchange(int rank, Tensor x)
    {
        lock (gate)
        {
            RequireAll(rank);
            RequireFit(rank, x);
            var mine = round;
            if (mine.Add(rank, x))
            {
                round = new Round(size);
                Monitor.PulseAll(gate);
            }
            while (!mine.IsComplete && failure is null) Wait(rank, mine);
            // A round that all came to is everyone's, even if a member failed right after it.
            return mine.IsComplete ? mine.Take(x.device) : throw Lost(rank);
        }
    }

    /// <summary>A member's body has returned; whoever waits for it waits in vain.</summary>
    public void Leave(int rank)
    {
        lock (gate)
        {
            departed.Add(rank);
            if (round.Arrived.Count > 0) Fail(Departed(round.Arrived.Keys));
        }
    }

    /// <summary>Ends the group for all members; the first reason counts.</summary>
    public void Fail(Exception reason)
    {
        lock (gate)
        {
            failure ??= reason;
            Monitor.PulseAll(gate);
        }
    }

    private void Wait(int rank, Round mine)
    {
        if (Monitor.Wait(gate, timeout) || mine.IsComplete || failure is not null) return;
        Fail(new TimeoutException(
            $"replica {rank} waited {timeout.TotalSeconds:0.###} s in a collective for the others; only {Ranks(round.Arrived.Keys)} came. All replicas must call the same layers in the same order, forward and backward."));
    }

    private void RequireAll(int rank)
    {
        if (departed.Count > 0) Fail(Departed([rank]));
        if (failure is not null) throw Lost(rank);
    }

    private void RequireFit(int rank, Tensor x)
    {
        foreach (var (other, theirs) in round.Arrived)
        {
            if (!theirs.shape.SequenceEqual(x.shape) || theirs.dtype != x.dtype)
                Fail(new ArgumentException(
                    $"replica {rank} brings {TensorCheck.Text(x.shape)} of {x.dtype} to a collective and replica {other} {TensorCheck.Text(theirs.shape)} of {theirs.dtype}; all must bring the same. Are the replicas' layers equal, and called in the same order?"));
            else if (Collide((theirs.device_type, theirs.device_index), (x.device_type, x.device_index)))
                Fail(new InvalidOperationException(
                    $"replicas {other} and {rank} are both on {x.device}; one thread runs all backward passes of a GPU, so the first would wait for the second forever. Give each replica a GPU of its own, or the CPU."));
        }
        if (failure is not null) throw Lost(rank);
    }

    /// <summary>Whether two replicas would share the backward thread of a device; on the CPU each thread runs its own.</summary>
    internal static bool Collide((DeviceType Type, int Index) a, (DeviceType Type, int Index) b) => a.Type != DeviceType.CPU && a == b;

    private InvalidOperationException Lost(int rank) => new($"replica {rank} is in a collective that cannot end: {failure!.Message}", failure);

    private InvalidOperationException Departed(IEnumerable<int> waiting) => new(
        $"{Ranks(departed)} returned while {Ranks(waiting)} still waited in a collective; all replicas must call the same layers in the same order, forward and backward.");

    private static string Ranks(IEnumerable<int> ranks) => $"replica {string.Join(", ", ranks.Order())}";
}
