using System.Runtime.InteropServices;

namespace NormCore.Kernels;

/// <summary>The gradients that a node returned to torch last on this thread.</summary>
/// <remarks>
/// Torch copies the handles right after the callback and leaves the originals to us. So when anything of ours runs on this thread
/// again, they can go.
/// </remarks>
internal sealed unsafe class ReturnedGradients
{
    [ThreadStatic]
    private static ReturnedGradients? ofThisThread;

    private readonly nint* handles = (nint*)NativeMemory.AllocZeroed(GraphNode.MostInputs, (nuint)sizeof(nint));

    ~ReturnedGradients()
    {
        Clear();
        NativeMemory.Free(handles);
    }

    /// <summary>Takes over the handles, 0 where there is no gradient, and gives them the form in which torch reads them.</summary>
    public static NativeNode.Tensors Return(ReadOnlySpan<nint> gradients)
    {
        var returned = ofThisThread ??= new ReturnedGradients();
        returned.Clear();
        gradients.CopyTo(returned.Handles);
        return new() { First = returned.handles, Count = gradients.Length };
    }

    /// <summary>Lets go of what was returned last.</summary>
    public static void Forget() => ofThisThread?.Clear();

    private Span<nint> Handles => new(handles, GraphNode.MostInputs);

    private void Clear()
    {
        foreach (ref var handle in Handles)
        {
            // A gradient that has a graph may be the last to hold a node, which forgets in turn.
            var held = handle;
            handle = 0;
            if (held != 0) NativeTensor.Delete(held);
        }
    }
}
