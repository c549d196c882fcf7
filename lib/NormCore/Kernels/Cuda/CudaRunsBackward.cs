using static NormCore.Kernels.CudaWord;

namespace NormCore.Kernels;

/// <summary>Launches of the kernels for sets made of runs, backward: on chip in one kernel, else sums of chunks, their merger, and a second read.</summary>
internal static class CudaRunsBackward
{
    public static void Backward(ref CudaPass pass, in CudaBackward call)
    {
        var vector = RunArguments.WidthOf(pass.VectorBytes, call.Element, call.ParameterElement, call.Geometry, [call.X, call.Dy, call.Dx, call.SumGradient], call.Gamma, call.Beta);
        var chunked = RunPlan.Chunked(call.Geometry, call.Element, vector, pass.Properties);
        if (call.SumDy != 0)
            Dx(ref pass, call, chunked, call.SumDy, call.SumDyXhat, call.SumCount);
        else if (RunPlan.OnChip(call.Geometry, call.Element, vector, 2, pass.Properties) is { } plan)
            OnChip(ref pass, call, plan);
        else
            TwoReads(ref pass, call, chunked);
        // A γ for each element of a row: its sums go across the rows.
        if (chunked.Gamma == 2) CudaColumnsBackward.ParametersOfRows(ref pass, call);
    }

    private static void OnChip(ref CudaPass pass, in CudaBackward call, RunPlan plan)
    {
        var geometry = call.Geometry;
        var pieces = plan.Gamma == 1 ? plan.Segments : 1;
        var areFinal = plan.Gamma == 0 && geometry.Outer == 1;
        var areParts = !areFinal && plan.Gamma < 2;
        var size = geometry.Outer * geometry.Parameters * pieces;
        var dgamma = areParts && call.DGamma != 0 ? pass.Take(size) : 0;
        var dbeta = areParts && call.DBeta != 0 ? pass.Take(size) : 0;
        pass.Launch(
            "runs_backward", "runs_backward", [.. Defines(call, plan), ("CLUSTER", (int)plan.Blocks)],
            geometry.Sets * plan.Blocks, plan.Block, (int)plan.Blocks, plan.SharedBytes,
            [
                .. Inputs(call), Of(call.Dx), Of(call.SumGradient), Of(areFinal ? call.DGamma : 0), Of(areFinal ? call.DBeta : 0), Of(dgamma), Of(dbeta),
                Of(call.MeanMoves), Of(call.VarianceMoves), Of((float)geometry.Count), .. RunArguments.Of(geometry, plan), Of(plan.Repeat),
            ]);
        if (areParts) Merge(ref pass, call, dgamma, dbeta, pieces);
    }

    private static void TwoReads(ref CudaPass pass, in CudaBackward call, RunPlan plan)
    {
        var (geometry, sets) = (call.Geometry, (long)call.Geometry.Sets);
        var size = plan.Gamma == 1 ? geometry.Outer * geometry.Parameters * plan.Segments : 0;
        var dgamma = size > 0 && call.DGamma != 0 ? pass.Take(size) : 0;
        var dbeta = size > 0 && call.DBeta != 0 ? pass.Take(size) : 0;
        var parts = pass.Take(plan.Blocks * 2 * sets);
        var (sumDy, sumDyXhat) = (pass.Take(sets), pass.Take(sets));
        pass.Launch(
            "runs_backward", "runs_sums", [.. Defines(call, plan), ("CLUSTER", 1)], sets * plan.Blocks, plan.Block, 1, RowPlan.WorkspaceBytes,
            [.. Inputs(call), Of(parts), Of(dgamma), Of(dbeta), Of(sets), .. RunArguments.Of(geometry, plan), Of(plan.Repeat)]);
        CudaMerge.Columns(ref pass, CudaElement.Float32, parts, parts + (nint)sets * sizeof(float), sumDy, sumDyXhat, plan.Blocks, 2 * sets, sets, 1);
        if (plan.Gamma == 1) Merge(ref pass, call, dgamma, dbeta, plan.Segments);
        if (plan.Gamma == 0) Merge(ref pass, call, sumDyXhat, sumDy, 1);
        Dx(ref pass, call, plan, sumDy, sumDyXhat, geometry.Count);
    }

    private static void Dx(ref CudaPass pass, in CudaBackward call, RunPlan plan, nint sumDy, nint sumDyXhat, long count)
    {
        if (call.Dx == 0) return;
        pass.Launch(
            "runs_dx", "runs_dx", Defines(call, plan), call.Geometry.Sets * plan.Blocks, plan.Block, 1, 0,
            [
                .. Inputs(call), Of(call.Dx), Of(call.SumGradient), Of(sumDy), Of(sumDyXhat), Of(call.MeanMoves), Of(call.VarianceMoves), Of((float)count),
                Of(call.Geometry.Sets), .. RunArguments.Of(call.Geometry, plan), Of(plan.Repeat),
            ]);
    }

    /// <summary>Sums over Outer, and over the pieces of a unit.</summary>
    private static void Merge(ref CudaPass pass, in CudaBackward call, nint dgamma, nint dbeta, long pieces)
    {
        if (call.DGamma == 0 && call.DBeta == 0) return;
        var parameters = call.Geometry.Parameters;
        CudaMerge.Columns(ref pass, call.ParameterElement, dgamma, dbeta, call.DGamma, call.DBeta, call.Geometry.Outer, parameters * pieces, parameters, pieces);
    }

    private static (string, int)[] Defines(in CudaBackward call, RunPlan plan) =>
    [
        ("ELEMENT", (int)call.Element), ("PARAMETER", (int)call.ParameterElement), ("VECTOR", plan.Vector), ("BLOCK", plan.Block), ("LANES", plan.Lanes),
        ("RELU", call.Relu ? 1 : 0), ("GAMMA", plan.Gamma),
    ];

    private static ulong[] Inputs(in CudaBackward call) =>
        [Of(call.Dy), Of(call.X), Of(call.Gamma), Of(call.Beta), Of(call.Mean), Of(call.Rest), Of(call.Rstd)];
}
