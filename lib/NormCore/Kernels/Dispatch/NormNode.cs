using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>A fused normalization as an operation of torch: what the kernels of the CPU and those of a GPU have in common.</summary>
/// <remarks>Statistics stay with the node; x and γ are kept as torch keeps what it saves, β is not needed again.</remarks>
internal abstract class NormNode : GraphNode
{
    private (bool X, bool Gamma, bool Beta) wanted;

    /// <summary>What is computed.</summary>
    protected NormCall Call { get; set; } = null!;

    /// <summary>The type of x.</summary>
    protected ScalarType Type { get; private set; }

    /// <summary>The type of γ and β; that of x where there are none.</summary>
    protected ScalarType ParameterType { get; private set; }

    /// <summary>Takes constant statistics, contiguous and on the device of x, in place of those of x.</summary>
    public abstract void Take(Tensor mean, Tensor variance);

    /// <summary>Computes y; 0, and the node is spent, where it turns out that the kernels cannot.</summary>
    public nint Forward(Tensor x, Tensor? gamma, Tensor? beta)
    {
        (Type, ParameterType, HasGamma) = (x.dtype, (gamma ?? x).dtype, gamma is not null);
        var y = Compute(x.Handle, gamma?.Handle ?? 0, beta?.Handle ?? 0);
        GC.KeepAlive(x);
        GC.KeepAlive(gamma);
        GC.KeepAlive(beta);
        if (y == 0) Recycle();
        return y;
    }

    /// <summary>The statistics as tensors.</summary>
    public abstract Moments Moments(ScalarType type);

    /// <summary>y as a tensor, in the graph where there is one.</summary>
    public Tensor Finish(nint y, Tensor x, Tensor? gamma, Tensor? beta)
    {
        Span<nint> inputs = [x.Handle, 0, 0];
        var count = 1;
        if (gamma is not null) inputs[count++] = gamma.Handle;
        if (beta is not null) inputs[count++] = beta.Handle;
        inputs = inputs[..count];
        var output = y;
        if (IsNeeded(inputs))
        {
            wanted = (RequiresGrad(x), gamma is not null && RequiresGrad(gamma), beta is not null && RequiresGrad(beta));
            output = Attach(y, inputs, inputs[..(HasGamma ? 2 : 1)]);
        }
        else
        {
            Recycle();
        }
        GC.KeepAlive(x);
        GC.KeepAlive(gamma);
        GC.KeepAlive(beta);
        return Tensor.UnsafeCreateTensor(output);
    }

    /// <summary>Whether there is a γ, which is then kept.</summary>
    protected bool HasGamma { get; private set; }

    /// <summary>y as a new handle, or 0.</summary>
    protected abstract nint Compute(nint x, nint gamma, nint beta);

    /// <summary>The gradients, from dy in the order of x; new tensors are there already for those that are wanted.</summary>
    protected abstract void Compute(nint dy, nint x, nint gamma, Span<nint> gradients);

    /// <summary>A new tensor like x.</summary>
    protected abstract nint EmptyLike(nint x);

    protected override void Backward(nint dy, Span<nint> gradients)
    {
        using var x = new OwnedTensor(Kept(0));
        using var gamma = new OwnedTensor(HasGamma ? Kept(1) : 0);
        using var ordered = new OwnedTensor(IsReadable(dy, x.Handle) ? NativeTensor.Share(dy) : Ordered(dy, x.Handle));
        if (wanted.X) gradients[0] = EmptyLike(x.Handle);
        if (wanted.Gamma) gradients[1] = NativeTensor.EmptyLike(gamma.Handle);
        if (wanted.Beta) gradients[2] = NativeTensor.EmptyLike(gamma.Handle);
        Compute(ordered.Handle, x.Handle, gamma.Handle, gradients);
    }

    protected override Tensor?[] BackwardOfTensors(Tensor dy)
    {
        var x = Tensor.UnsafeCreateTensor(Kept(0));
        var gamma = HasGamma ? Tensor.UnsafeCreateTensor(Kept(1)) : null;
        var given = Call.IsGiven ? Moments(Precision.OfStatistics(Type)) : null;
        long[] seen = [.. Call.FeatureAxes.Select(axis => Call.Shape[axis])];
        var (dx, dgamma, dbeta) = ComposedBackward.Gradients(Call, dy.reshape(Call.Shape), x.reshape(Call.Shape), gamma?.view(seen), given, wanted);
        return [dx?.reshape(Call.Input), dgamma?.to(ParameterType).view(Call.Parameters), dbeta?.to(ParameterType).view(Call.Parameters)];
    }

    protected override long[] ShapeOfInput(int input) => input == 0 ? Call.Input : Call.Parameters;

    /// <summary>Where the elements of one of the gradients lie, or 0.</summary>
    protected static unsafe nint DataOrNull(Span<nint> tensors, int index) =>
        index < tensors.Length && tensors[index] != 0 ? (nint)NativeTensor.Data(tensors[index]) : 0;

    /// <summary>The same of a tensor.</summary>
    protected static unsafe nint DataOrNull(nint tensor) => tensor == 0 ? 0 : (nint)NativeTensor.Data(tensor);

    private bool IsReadable(nint dy, nint x) => NativeTensor.Type(dy) == NativeTensor.Type(x) && MemoryOrder.IsShared(dy, x, Call.Input);

    private nint Ordered(nint dy, nint x)
    {
        var ordered = EmptyLike(x);
        NativeTensor.Copy(ordered, dy, 0);
        return ordered;
    }

    private static bool RequiresGrad(Tensor tensor) => NativeTensor.RequiresGrad(tensor.Handle) != 0;
}
