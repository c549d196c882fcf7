using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NormCore.Kernels;

/// <summary>An operation of ours in torch's graph: made once, used again and again, and cheap, since only handles cross to native code.</summary>
internal abstract unsafe partial class GraphNode
{
    /// <summary>x, γ, β and a residual.</summary>
    public const int MostInputs = 4;

    /// <summary>y, and the sum of x and a residual.</summary>
    public const int MostOutputs = 2;

    [ThreadStatic]
    private static nint* wrapped;

    // Native code holds pointers to these.
    private readonly NativeNode.Apply apply;
    private readonly NativeNode.Deleted deleted;
    private readonly (nint Apply, nint Deleted) callbacks;

    private readonly nint[] saved = new nint[MostInputs];
    private NativeNode.Reference node;
    private GCHandle<GraphNode> root;
    private int inputCount;
    private (int Type, int Index) device;

    protected GraphNode()
    {
        (apply, deleted) = (Apply, Deleted);
        callbacks = (Marshal.GetFunctionPointerForDelegate(apply), Marshal.GetFunctionPointerForDelegate(deleted));
    }

    /// <summary>Whether torch records a graph and one of these tensors is in it.</summary>
    public static bool IsNeeded(params ReadOnlySpan<nint> inputs)
    {
        if (NativeNode.IsGradEnabled() == 0) return false;
        foreach (var input in inputs)
            if (input != 0 && NativeTensor.RequiresGrad(input) != 0)
                return true;
        return false;
    }

    /// <summary>Makes what a kernel has computed the outputs of this node.</summary>
    /// <param name="outputs">At most <see cref="MostOutputs"/>: handles that are deleted here, in whose place come those in the graph.</param>
    /// <param name="inputs">At most <see cref="MostInputs"/>, in the order in which <see cref="Backward"/> gives their gradients.</param>
    /// <param name="keep">What backward reads, likewise at most <see cref="MostInputs"/>; 0 stands for the last output.</param>
    protected void Attach(Span<nint> outputs, ReadOnlySpan<nint> inputs, ReadOnlySpan<nint> keep)
    {
        ReturnedGradients.Forget();
        node = NativeNode.Create(callbacks.Apply, callbacks.Deleted);
        root = new GCHandle<GraphNode>(this);
        (inputCount, device) = (inputs.Length, (NativeTensor.DeviceType(outputs[0]), NativeTensor.DeviceIndex(outputs[0])));
        Wrap(outputs, inputs);
        if (outputs.Contains(0)) throw Refused(outputs);
        for (var i = 0; i < keep.Length; i++)
        {
            saved[i] = NativeNode.Save(keep[i] == 0 ? outputs[^1] : keep[i], node, 0);
            if (saved[i] == 0) throw Refused(outputs);
        }
        NativeNode.DropStrong(node); // From here on the outputs hold the node.
    }

    /// <summary>The graph let go of the node: it can be used again.</summary>
    protected abstract void Recycle();

    /// <summary>A tensor that was kept, as a new handle.</summary>
    /// <exception cref="ExternalException">It was changed in place, or the graph was not kept.</exception>
    protected nint Kept(int index) => NativeNode.Unpack(saved[index], node) is var tensor && tensor != 0 ? tensor : throw new RefusedByTorch();

    private void Deleted()
    {
        ReturnedGradients.Forget();
        foreach (ref var tensor in saved.AsSpan())
        {
            if (tensor != 0) NativeNode.DeleteSaved(tensor);
            tensor = 0;
        }
        NativeNode.DropWeak(node);
        root.Dispose();
        Recycle();
    }

    private void Wrap(Span<nint> outputs, ReadOnlySpan<nint> inputs)
    {
        var handles = stackalloc nint[MostOutputs];
        new Span<nint>(handles, MostOutputs).Clear();
        fixed (nint* first = inputs, computed = outputs)
        {
            var edges = new NativeNode.Tensors { First = first, Count = inputs.Length };
            NativeNode.SetNextEdges(node, edges, 1);
            wrapped = handles;
            NativeNode.WrapOutputs(edges, default, default, new() { First = computed, Count = outputs.Length }, node, &WrappedAt);
        }
        for (var i = 0; i < outputs.Length; i++)
        {
            NativeTensor.Delete(outputs[i]);
            outputs[i] = handles[i];
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint* WrappedAt(nint count) => wrapped;

    private InvalidOperationException Refused(ReadOnlySpan<nint> outputs)
    {
        var error = NativeNode.LastError();
        foreach (var output in outputs)
            if (output != 0)
                NativeTensor.Delete(output);
        NativeNode.DropStrong(node);
        return error;
    }
}
