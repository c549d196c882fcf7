using System.Runtime.ExceptionServices;
using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>One member's view of a group of replicas: copies of a model that each take a shard of the batch and exchange tensors.</summary>
/// <remarks>
/// Everything between replicas goes through one collective, so another transport (MPI, NCCL) is one override of <see cref="Exchange"/>.
/// As there, all members call the same collectives in the same order, and so the same layers forward and backward; a group of
/// <see cref="Replicas"/> makes a difference in the order an exception wherever shapes differ or a member is gone.
/// </remarks>
public abstract class ReplicaGroup
{
    private ExceptionDispatchInfo? failure;
    private Tensor? lastGradient;

    /// <summary>This member's number, 0 to <see cref="Size"/> − 1.</summary>
    public abstract int Rank { get; }

    /// <summary>How many replicas the group has.</summary>
    public abstract int Size { get; }

    /// <summary>A group of one, which exchanges nothing.</summary>
    public static ReplicaGroup Alone() => new GroupOfOne();

    /// <summary>The tensors of all members, y[r] = x of rank r; differentiable as often as one likes.</summary>
    /// <remarks>
    /// The gradient is that of the sum of all members' losses: ∂L/∂xᵣ = Σₖ ∂Lₖ/∂yₖ[r], added in the order of the ranks, which takes
    /// a collective in the backward pass. An exception there would end the process, so gradients become NaN instead and
    /// <see cref="ThrowIfFailed"/> throws it, as does the next collective.
    /// </remarks>
    /// <param name="x">(*), of the same shape and type on all members; small, since all members get all of them.</param>
    /// <returns>(Size, *), equal on all members, on the device of x.</returns>
    /// <exception cref="ArgumentException">Another member brings another shape or type.</exception>
    /// <exception cref="InvalidOperationException">Another member failed or left.</exception>
    public Tensor AllGather(Tensor x)
    {
        TensorCheck.IsAlive(x, nameof(x));
        ThrowIfFailed();
        if (Size == 1) return x.unsqueeze(0); // (*) → (1, *)
        using var scope = NewDisposeScope();
        return InGraph(x, Exchange(x.detach())).MoveToOuterDisposeScope();
    }

    /// <summary>Throws what went wrong in a backward pass since the last collective; worth a call before an optimizer's step.</summary>
    public void ThrowIfFailed() => failure?.Throw();

    /// <summary>The transport: the tensors of all members, in the order of their ranks, as a new tensor without gradient.</summary>
    /// <param name="x">(*), without gradient.</param>
    /// <returns>(Size, *), on the device of x.</returns>
    protected internal abstract Tensor Exchange(Tensor x);

    /// <summary>What was gathered for x, (Size, *), as a differentiable function of it.</summary>
    internal Tensor InGraph(Tensor x, Tensor gathered) =>
        x.requires_grad && is_grad_enabled() ? GatherFunction.apply(x, new GatherFunction.Gathering(this, gathered)) : gathered;

    /// <summary>The sum of all members' tensors (*), in a backward pass, where nothing may be thrown: NaN where the collective fails.</summary>
    internal Tensor SumInBackward(Tensor x)
    {
        try
        {
            return AllGather(x).sum([0L]); // (Size, *) → (*)
        }
        catch (Exception error)
        {
            Keep(error);
            return full_like(x, double.NaN);
        }
    }

    /// <summary>Keeps what went wrong in a backward pass for <see cref="ThrowIfFailed"/>.</summary>
    internal void Keep(Exception error) => failure ??= ExceptionDispatchInfo.Capture(error);

    /// <summary>The gradient of what this member gathered: all members' gradients added up, of which it takes its own row.</summary>
    internal Tensor Backward(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var own = SumInBackward(gradient)[Rank]; // (Size, *) → (*)
        // Native code reads the tensor after this returns, when nothing else holds it: it lives until the next one.
        lastGradient?.Dispose();
        lastGradient = own.DetachFromDisposeScope();
        return own;
    }

    private sealed class GroupOfOne : ReplicaGroup
    {
        public override int Rank => 0;

        public override int Size => 1;

        protected internal override Tensor Exchange(Tensor x) => x.unsqueeze(0);
    }
}
