using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <remarks>
/// No exception may pass through native code. A backward that fails returns NaN for every gradient. If torch itself refused (a saved
/// tensor changed in place, a second pass through a graph that was not kept), its error stays set on this thread, and TorchSharp
/// throws it from the very call of backward; anything else is thrown by the next forward on this thread. Backward of tensors on a GPU
/// runs on a thread of torch's own, which nobody asks for errors, so there the next forward on any thread throws either kind.
/// </remarks>
internal abstract unsafe partial class GraphNode
{
    // The node whose error torch gave on this thread last, and in which pass: later nodes of that pass clear the error and set it again.
    [ThreadStatic]
    private static (GraphNode? Node, int Pass) refused;

    /// <summary>Throws what went wrong in an earlier backward on this thread, or on one of torch's.</summary>
    public static void ThrowEarlierFailure() => EarlierFailure.Throw();

    /// <summary>The gradients of the inputs by the kernel, as new tensors; 0 for those that need none.</summary>
    /// <param name="incoming">Those of the outputs, at least one of which is not 0 unless the node <see cref="IsAwaited"/>.</param>
    /// <param name="gradients">Filled here.</param>
    protected abstract void Backward(ReadOnlySpan<nint> incoming, Span<nint> gradients);

    /// <summary>The same by operations of torch, which can be differentiated again; called within a dispose scope.</summary>
    protected abstract Tensor?[] BackwardOfTensors(Tensor?[] incoming);

    /// <summary>Whether others wait for this node's backward even where no loss depends on its outputs.</summary>
    protected virtual bool IsAwaited => false;

    /// <summary>The shape of an input.</summary>
    protected abstract long[] ShapeOfInput(int input);

    private NativeNode.Tensors Apply(nint* incoming, int count)
    {
        var given = new ReadOnlySpan<nint>(incoming, count);
        Span<nint> gradients = stackalloc nint[MostInputs];
        gradients.Clear();
        if (IsAwaited || given.ContainsAnyExcept(0)) Differentiate(given, gradients[..inputCount]);
        foreach (var gradient in given)
            if (gradient != 0)
                NativeTensor.Delete(gradient);
        return ReturnedGradients.Return(gradients[..inputCount]);
    }

    private void Differentiate(ReadOnlySpan<nint> incoming, Span<nint> gradients)
    {
        var pass = BackwardPass.Id;
        try
        {
            // Two backward passes may go through one graph at once.
            lock (saved)
            {
                if (NativeNode.IsGradEnabled() == 0) Backward(incoming, gradients);
                else BackwardInGraph(incoming, gradients);
                if (!BackwardPass.KeepsGraph) LetGo();
            }
            if (pass >= 0 && refused is { Node: { } first } && refused.Pass == pass) first.SetErrorAgain();
        }
        catch (RefusedByTorch)
        {
            refused = (this, pass);
            FillWithNaN(gradients);
            SetErrorAgain();
            if (IsOnGpu) EarlierFailure.Keep(NativeNode.LastError(), forAnyThread: true);
        }
        catch (Exception error)
        {
            EarlierFailure.Keep(error, IsOnGpu);
            FillWithNaN(gradients);
        }
    }

    // create_graph: what a kernel computes is a constant to torch, and second derivatives would silently be 0.
    private void BackwardInGraph(ReadOnlySpan<nint> incoming, Span<nint> gradients)
    {
        using var scope = NewDisposeScope();
        var computed = BackwardOfTensors(NativeTensor.AsTensors(incoming));
        for (var i = 0; i < computed.Length; i++)
            if (computed[i] is { } gradient)
                gradients[i] = NativeTensor.Share(gradient.Handle);
    }

    private bool IsOnGpu => device.Type != (int)TorchSharp.DeviceType.CPU;

    private void LetGo()
    {
        foreach (var tensor in saved)
            if (tensor != 0)
                NativeNode.ResetSaved(tensor);
    }

    private void FillWithNaN(Span<nint> gradients)
    {
        using var scope = NewDisposeScope();
        var nan = full([], double.NaN, device: new Device((TorchSharp.DeviceType)device.Type, device.Index));
        for (var i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] != 0) NativeTensor.Delete(gradients[i]);
            gradients[i] = NativeTensor.Share(nan.expand(ShapeOfInput(i)).Handle);
        }
    }

    private void SetErrorAgain()
    {
        foreach (var tensor in saved)
        {
            if (tensor == 0) continue;
            var unpacked = NativeNode.Unpack(tensor, node);
            if (unpacked == 0) return;
            NativeTensor.Delete(unpacked);
        }
    }

    private sealed class RefusedByTorch : Exception;
}
