using NormCore.Kernels;
using static TorchSharp.torch;

namespace NormCore.Checks;

/// <summary>The lengths of a tensor's axes.</summary>
/// <remarks>TorchSharp's own property calls back into .NET for an array, which takes a dozen times as long; a layer asks several times.</remarks>
internal static class Shape
{
    /// <summary>The same as x.shape.</summary>
    public static long[] Of(Tensor x)
    {
        var handle = x.Handle;
        var shape = new long[NativeTensor.Rank(handle)];
        for (var axis = 0; axis < shape.Length; axis++) shape[axis] = NativeTensor.Length(handle, axis);
        GC.KeepAlive(x);
        return shape;
    }
}
