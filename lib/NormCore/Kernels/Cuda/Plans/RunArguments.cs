namespace NormCore.Kernels;

/// <summary>What all kernels for sets made of runs are told.</summary>
internal static class RunArguments
{
    /// <summary>The arguments from groups to pieces_per_block.</summary>
    public static ulong[] Of(Geometry geometry, RunPlan plan) =>
    [
        CudaWord.Of(geometry.Groups), CudaWord.Of(geometry.Samples * geometry.Stride), CudaWord.Of(geometry.Length), CudaWord.Of(plan.UnitStride),
        CudaWord.Of(plan.Run), CudaWord.Of(plan.Segment), CudaWord.Of(plan.Segments), CudaWord.Of(plan.Units), CudaWord.Of(plan.Pieces),
    ];

    /// <summary>The width of packets, which must divide a run; in rows γ and β are read in packets too.</summary>
    public static int WidthOf(int bytes, CudaElement element, CudaElement parameter, Geometry geometry, ReadOnlySpan<nint> tensors, nint gamma, nint beta) =>
        CudaPath.HasRuns(geometry) ? VectorWidth.Of(element, geometry.Run, bytes, tensors)
        : geometry.Run > 1 ? VectorWidth.Of(element, geometry.Length, bytes, tensors)
        : VectorWidth.Of(element, parameter, geometry.Length, bytes, tensors, gamma, beta);
}
