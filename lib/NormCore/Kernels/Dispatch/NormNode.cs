using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>A fused normalization as an operation of torch: what the kernels of the CPU and those of a GPU have in common.</summary>
/// <remarks>Statistics stay with the node; x, or its sum with a residual, and γ are kept as torch keeps what it saves, β only under a ReLU.</remarks>
internal abstract partial class NormNode : GraphNode
{
    /// <summary>What is computed.</summary>
    protected NormCall Call { get; set; } = null!;

    /// <summary>What else is computed in the same pass, until <see cref="Finish"/>; null for nothing.</summary>
    protected Fusion? Fusion { get; set; }

    /// <summary>x + residual as a handle, until <see cref="Finish"/>; 0 where there is no residual.</summary>
    protected nint Sum { get; set; }

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

    /// <summary>y as a tensor, in the graph where there is one; the fusion gets its sum.</summary>
    public Tensor Finish(nint y, Tensor x, Tensor? gamma, Tensor? beta)
    {
        var (fusion, residual) = (Fusion, Fusion?.Residual);
        Span<nint> outputs = residual is null ? [y] : [y, Sum];
        (Fusion, Sum) = (null, 0);
        Span<nint> inputs = [x.Handle, 0, 0, 0];
        var count = 1;
        if (gamma is not null) inputs[count++] = gamma.Handle;
        if (beta is not null) inputs[count++] = beta.Handle;
        residualIndex = residual is null ? -1 : count;
        if (residual is not null) inputs[count++] = residual.Handle;
        inputs = inputs[..count];
        if (IsNeeded(inputs))
        {
            wanted = (RequiresGrad(x), RequiresGrad(gamma), RequiresGrad(beta), RequiresGrad(residual));
            HasKeptBeta = Call.HasRelu && beta is not null;
            Attach(outputs, inputs, [residual is null ? x.Handle : 0, .. inputs[1..(HasKeptBeta ? 3 : HasGamma ? 2 : 1)]]);
        }
        else
        {
            Recycle();
        }
        GC.KeepAlive(x);
        GC.KeepAlive(gamma);
        GC.KeepAlive(beta);
        GC.KeepAlive(residual);
        if (residual is not null) fusion!.Sum = Tensor.UnsafeCreateTensor(outputs[1]);
        return Tensor.UnsafeCreateTensor(outputs[0]);
    }

    /// <summary>Whether there is a γ, which is then kept.</summary>
    protected bool HasGamma { get; private set; }

    /// <summary>Whether β is kept too.</summary>
    protected bool HasKeptBeta { get; private set; }

    /// <summary>y as a new handle, or 0.</summary>
    protected abstract nint Compute(nint x, nint gamma, nint beta);

    /// <summary>A new tensor like x.</summary>
    protected abstract nint EmptyLike(nint x);

    /// <summary>Where the elements of one of the gradients lie, or 0.</summary>
    protected static unsafe nint DataOrNull(Span<nint> tensors, int index) =>
        index < tensors.Length && tensors[index] != 0 ? (nint)NativeTensor.Data(tensors[index]) : 0;

    /// <summary>The same of a tensor.</summary>
    protected static unsafe nint DataOrNull(nint tensor) => tensor == 0 ? 0 : (nint)NativeTensor.Data(tensor);

    private static bool RequiresGrad(Tensor? tensor) => tensor is not null && NativeTensor.RequiresGrad(tensor.Handle) != 0;
}
