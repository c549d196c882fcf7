using System.Collections.Concurrent;
using NormCore.Kernels;
using static TorchSharp.torch;

namespace NormCore.Tests.Kernels;

/// <summary>y = a x in float64 with a of the shape of x: the simplest operation that needs everything a <see cref="GraphNode"/> does.</summary>
internal sealed class ScaledNode : GraphNode
{
    private static readonly ConcurrentQueue<ScaledNode> Pool = new();
    private static int made;
    private static int live;

    private long[] shape = [];

    private ScaledNode() => Interlocked.Increment(ref made);

    /// <summary>How many there are: live ones and those waiting for use.</summary>
    public static int Made => made;

    /// <summary>How many are in a graph.</summary>
    public static int Live => live;

    /// <summary>Thrown by the next backward.</summary>
    public Exception? Trouble { get; set; }

    public static Tensor Apply(Tensor x, Tensor a, Exception? trouble = null)
    {
        ThrowEarlierFailure();
        var y = Product(x, a);
        if (!IsNeeded(x.Handle, a.Handle)) return Tensor.UnsafeCreateTensor(y);
        if (!Pool.TryDequeue(out var node)) node = new ScaledNode();
        (node.shape, node.Trouble) = (x.shape, trouble);
        Interlocked.Increment(ref live);
        Span<nint> outputs = [y];
        node.Attach(outputs, [x.Handle, a.Handle], [x.Handle, a.Handle]);
        return Tensor.UnsafeCreateTensor(outputs[0]);
    }

    protected override void Backward(ReadOnlySpan<nint> incoming, Span<nint> gradients)
    {
        using var scope = NewDisposeScope();
        var computed = BackwardOfTensors(NativeTensor.AsTensors(incoming));
        for (var i = 0; i < computed.Length; i++) gradients[i] = NativeTensor.Share(computed[i]!.Handle);
        if (Trouble is not null) throw Trouble;
    }

    protected override Tensor?[] BackwardOfTensors(Tensor?[] incoming)
    {
        var dy = incoming[0]!;
        var x = Tensor.UnsafeCreateTensor(Kept(0));
        var a = Tensor.UnsafeCreateTensor(Kept(1));
        return [dy * a, dy * x];
    }

    protected override long[] ShapeOfInput(int input) => shape;

    protected override void Recycle()
    {
        Interlocked.Decrement(ref live);
        Pool.Enqueue(this);
    }

    private static nint Product(Tensor x, Tensor a)
    {
        using var noGradient = no_grad();
        using var product = x * a;
        return NativeTensor.Share(product.Handle);
    }
}
