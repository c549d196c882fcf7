using static TorchSharp.torch;

namespace NormCore;

/// <summary>One meeting of replicas on threads; whoever uses it holds the lock of the <see cref="Rendezvous"/>.</summary>
internal sealed class Round(int size)
{
    private Tensor? gathered;
    private int taken;

    /// <summary>What was brought, by rank.</summary>
    public Dictionary<int, Tensor> Arrived { get; } = [];

    /// <summary>Whether all have come.</summary>
    public bool IsComplete => gathered is not null;

    /// <summary>Takes in what a member brings; whether it was the last.</summary>
    public bool Add(int rank, Tensor x)
    {
        Arrived.Add(rank, x);
        if (Arrived.Count < size) return false;
        // It belongs to no one's dispose scope: the last reader disposes it.
        using var scope = NewDisposeScope();
        gathered = stack(Enumerable.Range(0, size).Select(each => Arrived[each].to(x.device))).DetachFromDisposeScope();
        return true;
    }

    /// <summary>What all brought, (Size, *), as a new tensor; each member takes it once.</summary>
    public Tensor Take(Device device)
    {
        var copy = gathered!.to(device, copy: true);
        if (++taken == size) gathered.Dispose();
        return copy;
    }
}
