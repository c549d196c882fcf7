using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>Finds the order of axes in memory, so that a tensor that is contiguous in another order than its axes' (channels last) has a geometry too.</summary>
internal static class MemoryOrder
{
    /// <summary>The geometry of x; false where it has gaps, overlaps, or an order of axes that the kernels do not know.</summary>
    public static bool TryOf(Tensor x, long[] shape, long[] axes, long[] featureAxes, out Geometry geometry)
    {
        geometry = default;
        if (!IsAscending(featureAxes)) return false;
        if (NativeTensor.IsContiguous(x.Handle) != 0) return Geometry.TryOf(shape, axes, featureAxes, out geometry);

        var strides = x.stride();
        // An axis of length 1 may have any stride.
        int[] order = [.. Enumerable.Range(0, shape.Length).Where(axis => shape[axis] != 1).OrderByDescending(axis => strides[axis])];
        var next = 1L;
        foreach (var axis in order.Reverse())
        {
            if (strides[axis] != next) return false;
            next *= shape[axis];
        }
        // γ and the statistics keep the order of the axes of x.
        if (!IsAscending(order, featureAxes.Contains) || !IsAscending(order, axis => !axes.Contains(axis))) return false;
        return Geometry.TryOf([.. order.Select(axis => shape[axis])], Places(order, axes), Places(order, featureAxes), out geometry);
    }

    /// <summary>Whether two tensors of the same shape have their elements in the same order.</summary>
    public static bool IsShared(nint one, nint other, long[] shape)
    {
        if (NativeTensor.IsContiguous(one) != 0 && NativeTensor.IsContiguous(other) != 0) return true;
        for (var axis = 0; axis < shape.Length; axis++)
            if (shape[axis] != 1 && NativeTensor.Stride(one, axis) != NativeTensor.Stride(other, axis))
                return false;
        return true;
    }

    private static long[] Places(int[] order, long[] axes) =>
        [.. Enumerable.Range(0, order.Length).Where(place => axes.Contains(order[place])).Select(place => (long)place)];

    private static bool IsAscending(int[] order, Func<long, bool> isMeant) => IsAscending([.. order.Select(axis => (long)axis).Where(isMeant)]);

    private static bool IsAscending(ReadOnlySpan<long> axes)
    {
        for (var i = 1; i < axes.Length; i++)
            if (axes[i] <= axes[i - 1])
                return false;
        return true;
    }
}
