using System.Numerics;

namespace NormCore.Kernels;

/// <summary>The kernels for one type: whether a geometry is gone over by runs, rows or columns.</summary>
internal sealed unsafe class FusedNorm<E, T> : FusedNorm
    where E : unmanaged, IElement<E, T>
    where T : unmanaged
{
    public override void Statistics(in Geometry geometry, void* x, bool centered, double* mean, double* variance)
    {
        if (IsEmpty(geometry, centered, mean, variance)) return;
        using var scratch = new Scratch();
        Job(geometry, new() { X = (E*)x, Centered = centered, Mean = mean, Variance = variance }, scratch).Statistics();
    }

    public override void Forward(in Geometry geometry, void* x, void* y, Affine affine, double eps, bool centered, double* mean, double* variance)
    {
        if (IsEmpty(geometry, centered, mean, variance)) return;
        using var scratch = new Scratch();
        Job(geometry, new() { X = (E*)x, Y = (E*)y, Affine = affine, Eps = eps, Centered = centered, Mean = mean, Variance = variance }, scratch).Forward();
    }

    public override void Apply(in Geometry geometry, void* x, void* y, Affine affine, double eps, double* mean, double* variance)
    {
        if (geometry.Elements == 0) return;
        using var scratch = new Scratch();
        Job(geometry, new() { X = (E*)x, Y = (E*)y, Affine = affine, Eps = eps, Mean = mean, Variance = variance }, scratch).Apply();
    }

    public override void Backward(in Geometry geometry, void* dy, void* x, void* dx, Affine affine, Affine gradient, double eps, bool centered, double* mean, double* variance) =>
        Backward(geometry, new() { Dy = (E*)dy, X = (E*)x, Dx = (E*)dx, Affine = affine, Gradient = gradient, Eps = eps, MeanMoves = centered, VarianceMoves = true, Mean = mean, Variance = variance });

    public override void BackwardApply(in Geometry geometry, void* dy, void* x, void* dx, Affine affine, Affine gradient, double eps, double* mean, double* variance) =>
        Backward(geometry, new() { Dy = (E*)dy, X = (E*)x, Dx = (E*)dx, Affine = affine, Gradient = gradient, Eps = eps, Mean = mean, Variance = variance });

    private static void Backward(in Geometry geometry, BackwardArguments<E> given)
    {
        using var scratch = new Scratch();
        if (geometry.Elements == 0) WriteZeros(geometry, given.Gradient, scratch);
        else if (IsByRuns(geometry)) new RunBackward<E, T>(geometry, given, scratch).Backward();
        else if (geometry.Samples == 1) new RowBackward<E, T>(geometry, given, scratch).Backward();
        else new ColumnBackward<E, T>(geometry, given, scratch).Backward();
    }

    private static ForwardJob<E, T> Job(in Geometry geometry, ForwardArguments<E> given, Scratch scratch) =>
        IsByRuns(geometry) ? new RunForward<E, T>(geometry, given, scratch)
        : geometry.Samples == 1 ? new RowForward<E, T>(geometry, given, scratch)
        : new ColumnForward<E, T>(geometry, given, scratch);

    /// <summary>Whether vectors fit into the runs that have one γ; shorter runs are seen as rows or columns whose γ repeats.</summary>
    private static bool IsByRuns(in Geometry geometry) => geometry.Run >= 2 * Vector<T>.Count;

    private static bool IsEmpty(in Geometry geometry, bool centered, double* mean, double* variance)
    {
        if (geometry.Elements > 0) return false;
        for (nint set = 0; set < geometry.Sets; set++) (mean[set], variance[set]) = (centered ? double.NaN : 0, double.NaN);
        return true;
    }

    private static void WriteZeros(in Geometry geometry, Affine gradient, Scratch scratch)
    {
        var sums = new UnitSums(scratch, geometry.Parameters);
        sums.Clear(geometry.Parameters);
        sums.Write<E, T>(geometry.Parameters, gradient);
    }
}
