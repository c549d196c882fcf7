using static NormCore.Kernels.CudaWord;

namespace NormCore.Kernels;

/// <summary>Launches of the kernels for sets made of runs, forward: on chip in one kernel, else moments of chunks, their merger, and a second read.</summary>
internal static class CudaRuns
{
    public static void Forward(ref CudaPass pass, in CudaForward call)
    {
        var geometry = call.Geometry;
        var vector = WidthOf(pass.VectorBytes, call);
        if (call.IsGiven)
            Apply(ref pass, call, RunPlan.Chunked(geometry, call.Element, vector, pass.Properties), call.X, call.Residual, call.Mean, call.Rest, call.Variance);
        else if (RunPlan.OnChip(geometry, call.Element, vector, 1, pass.Properties) is { } plan)
            OnChip(ref pass, call, plan);
        else
            TwoReads(ref pass, call, RunPlan.Chunked(geometry, call.Element, vector, pass.Properties));
    }

    /// <summary>The moments alone; <paramref name="call"/> has no y.</summary>
    public static void Moments(ref CudaPass pass, in CudaForward call, nint mean, nint rest, nint variance) =>
        Moments(ref pass, call, RunPlan.Chunked(call.Geometry, call.Element, WidthOf(pass.VectorBytes, call), pass.Properties), mean, rest, variance);

    private static void OnChip(ref CudaPass pass, in CudaForward call, RunPlan plan) =>
        pass.Launch(
            "runs_forward", "runs_forward", Defines(call, plan, (int)plan.Blocks, call.Residual),
            call.Geometry.Sets * plan.Blocks, plan.Block, (int)plan.Blocks, plan.SharedBytes,
            [
                Of(call.X), Of(call.Residual), Of(call.Sum), Of(call.Y), Of(call.Gamma), Of(call.Beta),
                Of(call.Centered ? call.Mean : 0), Of(call.Centered ? call.Rest : 0), Of(call.Variance), Of(call.Rstd),
                Of(call.RunningMean), Of(call.RunningVariance), Of(call.Eps), Of(call.Kept), Of(call.Weight),
                .. RunArguments.Of(call.Geometry, plan), Of(plan.Repeat),
            ]);

    private static void TwoReads(ref CudaPass pass, in CudaForward call, RunPlan plan)
    {
        var sets = call.Geometry.Sets;
        var mean = call.Centered ? pass.TakeUnless(call.Mean, sets) : 0;
        var rest = call.Centered ? pass.TakeUnless(call.Rest, sets) : 0;
        var variance = pass.TakeUnless(call.Variance, sets);
        Moments(ref pass, call, plan, mean, rest, variance);
        // The first read has stored x + residual.
        Apply(ref pass, call, plan, call.Residual != 0 ? call.Sum : call.X, 0, mean, rest, variance);
    }

    private static void Moments(ref CudaPass pass, in CudaForward call, RunPlan plan, nint mean, nint rest, nint variance)
    {
        var sets = call.Geometry.Sets;
        var parts = pass.Take(plan.Blocks * 4 * sets);
        pass.Launch(
            "runs_forward", "runs_moments", Defines(call, plan, 1, call.Residual),
            sets * plan.Blocks, plan.Block, 1, plan.SharedBytes,
            [Of(call.X), Of(call.Residual), Of(call.Sum), Of(parts), Of(sets), .. RunArguments.Of(call.Geometry, plan)]);
        CudaMerge.Moments(ref pass, parts, plan.Blocks, sets, 1, mean, rest, variance, call);
    }

    private static void Apply(ref CudaPass pass, in CudaForward call, RunPlan plan, nint x, nint residual, nint mean, nint rest, nint variance) =>
        pass.Launch(
            "runs_apply", "runs_apply",
            [
                ("ELEMENT", (int)call.Element), ("PARAMETER", (int)call.ParameterElement), ("VECTOR", plan.Vector), ("BLOCK", plan.Block), ("LANES", plan.Lanes),
                ("RESIDUAL", residual != 0 ? 1 : 0), ("RELU", call.Relu ? 1 : 0), ("GAMMA", plan.Gamma),
            ],
            call.Geometry.Sets * plan.Blocks, plan.Block, 1, 0,
            [
                Of(x), Of(residual), Of(call.Sum), Of(call.Y), Of(call.Gamma), Of(call.Beta), Of(mean), Of(rest), Of(variance), Of(call.Rstd), Of(call.Eps),
                Of(call.Geometry.Sets), .. RunArguments.Of(call.Geometry, plan), Of(plan.Repeat),
            ]);

    private static (string, int)[] Defines(in CudaForward call, RunPlan plan, int cluster, nint residual) =>
    [
        ("ELEMENT", (int)call.Element), ("PARAMETER", (int)call.ParameterElement), ("VECTOR", plan.Vector), ("BLOCK", plan.Block), ("LANES", plan.Lanes),
        ("CLUSTER", cluster), ("CENTERED", call.Centered ? 1 : 0), ("RESIDUAL", residual != 0 ? 1 : 0), ("RELU", call.Relu ? 1 : 0), ("GAMMA", plan.Gamma),
    ];

    private static int WidthOf(int bytes, in CudaForward call) =>
        RunArguments.WidthOf(bytes, call.Element, call.ParameterElement, call.Geometry, [call.X, call.Y, call.Residual, call.Sum], call.Gamma, call.Beta);
}
