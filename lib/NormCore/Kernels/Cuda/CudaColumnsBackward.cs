using static NormCore.Kernels.CudaWord;

namespace NormCore.Kernels;

/// <summary>Launches of the kernels for sets that lie across memory, backward: on chip in one kernel, else sums of chunks, their merger, and a second read.</summary>
internal static class CudaColumnsBackward
{
    public static void Backward(ref CudaPass pass, in CudaBackward call)
    {
        var (geometry, sets) = (call.Geometry, (long)call.Geometry.Sets);
        var plan = PlanOf(pass.VectorBytes, call, geometry.Samples, geometry.Stride);
        if (CudaColumnsOnce.TryBackward(ref pass, call, plan.Vector)) return;
        var (sumDy, sumDyXhat, count) = (call.SumDy, call.SumDyXhat, call.SumCount);
        if (sumDy == 0)
        {
            (sumDy, sumDyXhat, count) = (pass.Take(sets), pass.Take(sets), geometry.Count);
            var all = geometry.Outer * plan.Columns;
            var parts = Sums(ref pass, call, plan, geometry.Outer, byRow: false, geometry.Run);
            CudaMerge.Columns(ref pass, CudaElement.Float32, parts, parts + (nint)all * sizeof(float), sumDyXhat, sumDy, plan.Chunks, 2 * all, sets, geometry.Run);
            if (call.DGamma != 0 || call.DBeta != 0)
                CudaMerge.Columns(ref pass, call.ParameterElement, sumDyXhat, sumDy, call.DGamma, call.DBeta, geometry.Outer, geometry.Groups, geometry.Groups, 1);
        }
        if (call.Dx == 0) return;
        pass.Launch(
            "columns_backward", "columns_dx", Defines(call, plan, byRow: false), geometry.Outer * plan.Chunks * plan.Tiles, ColumnPlan.Block, 1, 0,
            [
                .. Inputs(call), Of(call.Dx), Of(call.SumGradient), Of(sumDy), Of(sumDyXhat), Of(call.MeanMoves), Of(call.VarianceMoves), Of((float)count),
                Of(plan.Rows), Of(plan.Columns), Of(plan.ChunkRows), Of(plan.Chunks), Of(plan.Tiles), Of(geometry.Groups), Of(geometry.Run),
            ]);
    }

    /// <summary>dγ and dβ of rows, which go across them.</summary>
    public static void ParametersOfRows(ref CudaPass pass, in CudaBackward call)
    {
        if (call.DGamma == 0 && call.DBeta == 0) return;
        var geometry = call.Geometry;
        var columns = geometry.Stride;
        // A packet belongs to one group.
        var plan = PlanOf(pass.VectorBytes, call, geometry.Outer, columns, geometry.Length);
        var parts = Sums(ref pass, call, plan, 1, byRow: true, geometry.Length);
        CudaMerge.Columns(ref pass, call.ParameterElement, parts, parts + (nint)columns * sizeof(float), call.DGamma, call.DBeta, plan.Chunks, 2 * columns, geometry.Parameters, geometry.Run);
    }

    /// <summary>parts[chunk][2][outer · columns].</summary>
    private static nint Sums(ref CudaPass pass, in CudaBackward call, ColumnPlan plan, long outer, bool byRow, long run)
    {
        var parts = pass.Take(plan.Chunks * 2 * outer * plan.Columns);
        pass.Launch(
            "columns_backward", "columns_sums", Defines(call, plan, byRow), outer * plan.Chunks * plan.Tiles, ColumnPlan.Block, 1, plan.SharedBytes,
            [
                .. Inputs(call), Of(parts), Of(outer), Of(plan.Rows), Of(plan.Columns), Of(plan.ChunkRows), Of(plan.Chunks), Of(plan.Tiles),
                Of(call.Geometry.Groups), Of(run), Of(call.Geometry.Run),
            ]);
        return parts;
    }

    private static (string, int)[] Defines(in CudaBackward call, ColumnPlan plan, bool byRow) =>
    [
        ("ELEMENT", (int)call.Element), ("PARAMETER", (int)call.ParameterElement), ("VECTOR", plan.Vector), ("BLOCK", ColumnPlan.Block), ("LANES", plan.Lanes),
        ("BY_ROW", byRow ? 1 : 0), ("RELU", call.Relu ? 1 : 0),
    ];

    private static ulong[] Inputs(in CudaBackward call) =>
        [Of(call.Dy), Of(call.X), Of(call.Gamma), Of(call.Beta), Of(call.Mean), Of(call.Rest), Of(call.Rstd)];

    private static ColumnPlan PlanOf(int bytes, in CudaBackward call, long rows, nint columns, nint divisor = 0) =>
        ColumnPlan.Of(rows, columns, VectorWidth.Of(call.Element, divisor == 0 ? columns : divisor, bytes, call.X, call.Dy, call.Dx, call.SumGradient));
}
