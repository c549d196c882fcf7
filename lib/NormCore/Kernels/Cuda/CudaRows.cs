using static NormCore.Kernels.CudaWord;

namespace NormCore.Kernels;

/// <summary>Launches of the row kernels; each false where a row is too long for them.</summary>
internal static class CudaRows
{
    /// <summary>One kernel.</summary>
    public static bool TryForward(ref CudaPass pass, in CudaForward call)
    {
        var geometry = call.Geometry;
        var vector = WidthOf(pass.VectorBytes, call.Element, call.ParameterElement, geometry, [call.X, call.Y, call.Residual, call.Sum], call.Gamma, call.Beta);
        if (RowPlan.Forward(geometry, call.Element, vector) is not { } plan) return false;
        pass.Launch(
            "rows_forward", "rows_forward",
            [
                ("ELEMENT", (int)call.Element), ("PARAMETER", (int)call.ParameterElement), ("VECTOR", plan.Vector), ("THREADS", plan.Threads),
                ("BLOCK", plan.Block), ("VECTORS", plan.Vectors), ("CENTERED", call.Centered ? 1 : 0), ("RESIDUAL", call.Residual != 0 ? 1 : 0), ("RELU", call.Relu ? 1 : 0),
            ],
            (geometry.Sets + plan.Rows - 1) / plan.Rows, plan.Block, 1, plan.SharedBytes,
            [
                Of(call.X), Of(call.Residual), Of(call.Sum), Of(call.Y), Of(call.Gamma), Of(call.Beta),
                Of(call.Centered ? call.Mean : 0), Of(call.Centered ? call.Rest : 0), Of(call.Variance), Of(call.Rstd), Of(call.RunningMean), Of(call.RunningVariance),
                Of(call.Eps), Of(call.Kept), Of(call.Weight), Of(geometry.Sets), Of(geometry.Length), Of(geometry.Run), Of(geometry.Groups),
            ]);
        return true;
    }

    /// <summary>One kernel, and one that adds up its blocks' parts of dγ and dβ.</summary>
    public static bool TryBackward(ref CudaPass pass, in CudaBackward call)
    {
        var geometry = call.Geometry;
        var vector = WidthOf(pass.VectorBytes, call.Element, call.ParameterElement, geometry, [call.X, call.Dy, call.Dx, call.SumGradient], call.Gamma, call.Beta);
        if (RowPlan.Backward(geometry, call.Element, vector, pass.Properties) is not { } plan) return false;
        var columns = geometry.Stride; // groups · length
        var isParameterWanted = call.DGamma != 0 || call.DBeta != 0;
        var parts = isParameterWanted ? pass.Take(plan.Parts * 2 * columns) : 0;
        pass.Launch(
            "rows_backward", "rows_backward",
            [
                ("ELEMENT", (int)call.Element), ("PARAMETER", (int)call.ParameterElement), ("VECTOR", plan.Vector), ("THREADS", plan.Threads), ("BLOCK", plan.Block),
                ("VECTORS", plan.Vectors), ("STAGES", plan.Stages), ("CLUSTER", plan.Cluster), ("RELU", call.Relu ? 1 : 0),
            ],
            plan.Parts * geometry.Groups * plan.Cluster, plan.Block, plan.Cluster, plan.SharedBytes,
            [
                Of(call.Dy), Of(call.X), Of(call.Gamma), Of(call.Beta), Of(call.Mean), Of(call.Rest), Of(call.Rstd), Of(call.Dx), Of(call.SumGradient), Of(parts),
                Of(call.MeanMoves), Of(call.VarianceMoves), Of(geometry.Outer), Of(geometry.Length), Of(geometry.Run), Of(geometry.Groups), Of(plan.Parts),
            ]);
        if (isParameterWanted)
            CudaMerge.Columns(ref pass, call.ParameterElement, parts, parts + (nint)columns * sizeof(float), call.DGamma, call.DBeta, plan.Parts, 2 * columns, geometry.Parameters, geometry.Run);
        return true;
    }

    // γ and β are read in vectors where each element has its own.
    private static int WidthOf(int bytes, CudaElement element, CudaElement parameter, Geometry geometry, ReadOnlySpan<nint> tensors, nint gamma, nint beta) =>
        geometry.Run == 1 ? VectorWidth.Of(element, parameter, geometry.Length, bytes, tensors, gamma, beta) : VectorWidth.Of(element, geometry.Length, bytes, tensors);
}
