using static NormCore.Kernels.CudaWord;

namespace NormCore.Kernels;

/// <summary>Launches of the kernels for sets that lie across memory, forward: on chip in one kernel, else moments of chunks, their merger, and a second read.</summary>
internal static class CudaColumns
{
    public static void Forward(ref CudaPass pass, in CudaForward call)
    {
        var (sets, plan) = ((long)call.Geometry.Sets, PlanOf(pass.VectorBytes, call));
        if (call.IsGiven)
        {
            Apply(ref pass, call, plan, call.X, call.Residual, call.Mean, call.Rest, call.Variance);
            return;
        }
        if (CudaColumnsOnce.TryForward(ref pass, call, plan.Vector)) return;
        var mean = call.Centered ? pass.TakeUnless(call.Mean, sets) : 0;
        var rest = call.Centered ? pass.TakeUnless(call.Rest, sets) : 0;
        var variance = pass.TakeUnless(call.Variance, sets);
        Moments(ref pass, call, mean, rest, variance);
        // The first read has stored x + residual.
        Apply(ref pass, call, plan, call.Residual != 0 ? call.Sum : call.X, 0, mean, rest, variance);
    }

    /// <summary>The moments alone; <paramref name="call"/> may have no y.</summary>
    public static void Moments(ref CudaPass pass, in CudaForward call, nint mean, nint rest, nint variance)
    {
        var (geometry, plan) = (call.Geometry, PlanOf(pass.VectorBytes, call));
        var parts = pass.Take(plan.Chunks * 4 * geometry.Outer * plan.Columns);
        pass.Launch(
            "columns_forward", "columns_moments", Defines(call, plan, call.Residual),
            geometry.Outer * plan.Chunks * plan.Tiles, ColumnPlan.Block, 1, plan.SharedBytes,
            [
                Of(call.X), Of(call.Residual), Of(call.Sum), Of(parts), Of(geometry.Outer), Of(plan.Rows), Of(plan.Columns),
                Of(plan.ChunkRows), Of(plan.Chunks), Of(plan.Tiles),
            ]);
        CudaMerge.Moments(ref pass, parts, plan.Chunks, geometry.Sets, geometry.Run, mean, rest, variance, call);
    }

    private static void Apply(ref CudaPass pass, in CudaForward call, ColumnPlan plan, nint x, nint residual, nint mean, nint rest, nint variance) =>
        pass.Launch(
            "columns_forward", "columns_apply", Defines(call, plan, residual),
            call.Geometry.Outer * plan.Chunks * plan.Tiles, ColumnPlan.Block, 1, 0,
            [
                Of(x), Of(residual), Of(call.Sum), Of(call.Y), Of(call.Gamma), Of(call.Beta), Of(mean), Of(rest), Of(variance), Of(call.Rstd), Of(call.Eps),
                Of(plan.Rows), Of(plan.Columns), Of(plan.ChunkRows), Of(plan.Chunks), Of(plan.Tiles), Of(call.Geometry.Groups), Of(call.Geometry.Run),
            ]);

    private static (string, int)[] Defines(in CudaForward call, ColumnPlan plan, nint residual) =>
    [
        ("ELEMENT", (int)call.Element), ("PARAMETER", (int)call.ParameterElement), ("VECTOR", plan.Vector), ("BLOCK", ColumnPlan.Block), ("LANES", plan.Lanes),
        ("ROWS", plan.Held), ("CENTERED", call.Centered ? 1 : 0), ("RESIDUAL", residual != 0 ? 1 : 0), ("RELU", call.Relu ? 1 : 0),
    ];

    private static ColumnPlan PlanOf(int bytes, in CudaForward call)
    {
        var geometry = call.Geometry;
        return ColumnPlan.Of(geometry.Samples, geometry.Stride, VectorWidth.Of(call.Element, geometry.Stride, bytes, call.X, call.Y, call.Residual, call.Sum));
    }
}
