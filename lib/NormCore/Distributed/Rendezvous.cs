using NormCore.Checks;
using TorchSharp;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Where replicas on threads meet: each brings a tensor and waits until all have, or until one cannot come any more.</summary>
internal sealed class Rendezvous(int size, TimeSpan timeout)
{
    private readonly object gate = new();
    private readonly Dictionary<int, Tensor> arrived = [];
    private readonly List<int> departed = [];
    private Tensor? gathered;
    private int readers;
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
            // The last meeting is over for a member that is here again, but others may not have taken their copy yet.
            while (readers > 0 && failure is null) Wait(rank);
            RequireAll(rank);
            RequireFit(rank, x);
            arrived.Add(rank, x);
            if (arrived.Count == size) Stack();
            while (readers == 0 && failure is null) Wait(rank);
            if (failure is not null) throw Lost(rank);
            return Take(x);
        }
    }

    /// <summary>A member's body has returned; whoever waits for it waits in vain.</summary>
    public void Leave(int rank)
    {
        lock (gate)
        {
            departed.Add(rank);
            if (arrived.Count > 0) Fail(Departed([.. arrived.Keys]));
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

    private void Wait(int rank)
    {
        if (Monitor.Wait(gate, timeout) || failure is not null) return;
        Fail(new TimeoutException(
            $"replica {rank} waited {timeout.TotalSeconds:0.###} s in a collective for the others; only {Ranks(arrived.Keys)} came. All replicas must call the same layers in the same order, forward and backward."));
    }

    private void Stack()
    {
        // It belongs to no one's dispose scope: the last reader disposes it.
        using var scope = NewDisposeScope();
        var device = arrived[0].device;
        gathered = stack(Enumerable.Range(0, size).Select(rank => arrived[rank].to(device))).DetachFromDisposeScope();
        arrived.Clear();
        readers = size;
        Monitor.PulseAll(gate);
    }

    private Tensor Take(Tensor x)
    {
        var copy = gathered!.to(x.device, copy: true);
        if (--readers > 0) return copy;
        gathered.Dispose();
        Monitor.PulseAll(gate);
        return copy;
    }

    private void RequireAll(int rank)
    {
        if (departed.Count > 0) Fail(Departed([rank]));
        if (failure is not null) throw Lost(rank);
    }

    private void RequireFit(int rank, Tensor x)
    {
        foreach (var (other, theirs) in arrived)
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

    private InvalidOperationException Departed(int[] waiting) => new(
        $"{Ranks(departed)} returned while {Ranks(waiting)} still waited in a collective; all replicas must call the same layers in the same order, forward and backward.");

    private static string Ranks(IEnumerable<int> ranks) => $"replica {string.Join(", ", ranks.Order())}";
}
