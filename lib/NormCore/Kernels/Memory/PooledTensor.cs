using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NormCore.Kernels;

/// <summary>New tensors for outputs and gradients: large ones in recycled memory, the others as torch makes them.</summary>
internal static unsafe class PooledTensor
{
    /// <summary>A tensor of the shape, type and order in memory of another, whose elements lie without gaps; its values are not defined.</summary>
    public static nint EmptyLike(nint tensor, long[] shape)
    {
        var bytes = NativeTensor.ElementSize(tensor);
        foreach (var length in shape) bytes *= length;
        if (bytes < OutputBuffers.Threshold || !OutputBuffers.IsEnabled) return NativeTensor.EmptyLike(tensor);

        var type = NativeTensor.Type(tensor);
        var block = (void*)OutputBuffers.Pool.Take(bytes);
        fixed (long* sizes = shape)
        {
            var made = NativeTensor.Over(block, &Return, sizes, shape.Length, type, type, (int)TorchSharp.DeviceType.CPU, -1, 0);
            return NativeTensor.IsContiguous(tensor) != 0 ? made : Reordered(made, tensor, sizes, shape.Length);
        }
    }

    private static nint Reordered(nint made, nint like, long* sizes, int rank)
    {
        var strides = stackalloc long[rank];
        for (var axis = 0; axis < rank; axis++) strides[axis] = NativeTensor.Stride(like, axis);
        using var contiguous = new OwnedTensor(made);
        using var view = new OwnedTensor(NativeTensor.AsStrided(made, sizes, rank, strides, rank, 0));
        return NativeTensor.Detach(view.Handle); // Not a view to torch, so that the result may be changed in place like any other.
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Return(void* block) => OutputBuffers.Pool.Return((nint)block);
}
