using NormCore.Checks;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Sets of axes of a tensor.</summary>
internal static class Axes
{
    /// <summary>Every axis of a tensor of this rank but one.</summary>
    public static long[] AllBut(int axis, int rank) => [.. Enumerable.Range(0, rank).Where(a => a != axis).Select(a => (long)a)];

    /// <summary>The last <paramref name="count"/> axes of a tensor of this rank.</summary>
    public static long[] Last(int count, int rank) => [.. Enumerable.Range(rank - count, count).Select(a => (long)a)];

    /// <summary>The axes counted from the front, checked: at least one, each in range, none twice.</summary>
    public static long[] Of(Tensor x, long[] axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        var rank = x.dim();
        // torch takes an empty list to mean all axes.
        if (axes.Length == 0) throw new ArgumentException("axes is empty; statistics need at least one axis to be taken over.", nameof(axes));
        foreach (var axis in axes)
            if (axis < -rank || axis >= rank)
                throw new ArgumentException($"axis {axis} is given, but x of shape {TensorCheck.Text(x.shape)} has axes {-rank} to {rank - 1}.", nameof(axes));
        long[] fromFront = [.. axes.Select(axis => axis < 0 ? axis + rank : axis)];
        return fromFront.Distinct().Count() == fromFront.Length
            ? fromFront
            : throw new ArgumentException($"axes {TensorCheck.Text(axes)} name an axis of x, shape {TensorCheck.Text(x.shape)}, twice.", nameof(axes));
    }
}
