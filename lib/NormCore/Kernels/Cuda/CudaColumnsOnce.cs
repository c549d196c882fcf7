using static NormCore.Kernels.CudaWord;

namespace NormCore.Kernels;

/// <summary>Launches of the kernels that hold tiles of columns on the chip; each false where the plan is to read twice.</summary>
internal static class CudaColumnsOnce
{
    /// <summary>One kernel, running statistics included.</summary>
    public static bool TryForward(ref CudaPass pass, in CudaForward call, int vector)
    {
        if (ColumnOncePlan.Of(call.Geometry, call.Element, vector, 1, pass.Properties) is not { } plan) return false;
        pass.Launch(
            "columns_once_forward", "columns_once_forward",
            [
                .. Defines(call.Element, call.ParameterElement, call.Relu, plan, 1), ("CENTERED", call.Centered ? 1 : 0), ("RESIDUAL", call.Residual != 0 ? 1 : 0),
            ],
            plan.Blocks, plan.Block, plan.Cluster, plan.SharedBytes,
            [
                Of(call.X), Of(call.Residual), Of(call.Sum), Of(call.Y), Of(call.Gamma), Of(call.Beta),
                Of(call.Centered ? call.Mean : 0), Of(call.Centered ? call.Rest : 0), Of(call.Variance), Of(call.Rstd),
                Of(call.RunningMean), Of(call.RunningVariance), Of(call.Eps), Of(call.Kept), Of(call.Weight), .. Tiles(call.Geometry, plan),
            ]);
        return true;
    }

    /// <summary>One kernel, and with several outer parts one that adds up their dγ and dβ; not where the sums come from elsewhere or are all that is wanted.</summary>
    public static bool TryBackward(ref CudaPass pass, in CudaBackward call, int vector)
    {
        var geometry = call.Geometry;
        if (call.SumDy != 0 || call.Dx == 0 || ColumnOncePlan.Of(geometry, call.Element, vector, 2, pass.Properties) is not { } plan) return false;
        var areFinal = geometry.Outer == 1;
        var dgamma = !areFinal && call.DGamma != 0 ? pass.Take(geometry.Sets) : 0;
        var dbeta = !areFinal && call.DBeta != 0 ? pass.Take(geometry.Sets) : 0;
        pass.Launch(
            "columns_once_backward", "columns_once_backward", Defines(call.Element, call.ParameterElement, call.Relu, plan, 2),
            plan.Blocks, plan.Block, plan.Cluster, plan.SharedBytes,
            [
                Of(call.Dy), Of(call.X), Of(call.Gamma), Of(call.Beta), Of(call.Mean), Of(call.Rest), Of(call.Rstd), Of(call.Dx), Of(call.SumGradient),
                Of(areFinal ? call.DGamma : 0), Of(areFinal ? call.DBeta : 0), Of(dgamma), Of(dbeta), Of(call.MeanMoves), Of(call.VarianceMoves),
                .. Tiles(geometry, plan),
            ]);
        if (dgamma != 0 || dbeta != 0)
            CudaMerge.Columns(ref pass, call.ParameterElement, dgamma, dbeta, call.DGamma, call.DBeta, geometry.Outer, geometry.Groups, geometry.Groups, 1);
        return true;
    }

    private static (string, int)[] Defines(CudaElement element, CudaElement parameter, bool relu, ColumnOncePlan plan, int held) =>
    [
        ("ELEMENT", (int)element), ("PARAMETER", (int)parameter), ("VECTOR", plan.Vector), ("BLOCK", plan.Block), ("LANES", plan.Lanes),
        ("CLUSTER", plan.Cluster), ("HELD", held), ("RELU", relu ? 1 : 0),
    ];

    private static ulong[] Tiles(Geometry geometry, ColumnOncePlan plan) => [Of(geometry.Samples), Of(geometry.Stride), Of(plan.BlockRows), Of(plan.Tiles)];
}
