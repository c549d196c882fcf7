namespace NormCore.Kernels;

/// <summary>Normalization on a device by fused kernels, in the stream's order and without waiting; results are the same bits in every run.</summary>
/// <remarks>The caller has checked everything and keeps the memory alive until the stream has come to its end.</remarks>
internal static class CudaNorm
{
    /// <summary>The first compute capability that has what the kernels use: asynchronous copies and bfloat16.</summary>
    public const int FirstMajor = 8;

    private const nint Aligned = 16;
    private static readonly int[] Widths = [16, 8, 4, 2];

    /// <summary>Whether there are kernels for a geometry on a device.</summary>
    public static bool Supports(Geometry geometry, CudaElement element, DeviceProperties properties) =>
        Enum.IsDefined(element)
        && properties.Major >= FirstMajor
        && geometry is { Elements: > 0, Length: <= int.MaxValue, Samples: <= int.MaxValue, Groups: <= int.MaxValue }
        && (geometry.Samples == 1 || geometry.Channels == 1);

    /// <summary>Bytes of scratch that a forward pass needs, whatever its tensors' alignment.</summary>
    public static long ForwardScratchBytes(in CudaForward call, DeviceProperties properties)
    {
        // Whether they are given counts, not where they lie: each width is tried.
        var aligned = call with { X = 0, Y = 0, Gamma = 0, Beta = 0, Residual = call.Residual == 0 ? 0 : Aligned, Sum = call.Sum == 0 ? 0 : Aligned };
        var most = 0L;
        foreach (var width in Widths)
        {
            var pass = new CudaPass(null, properties, 0, 0) { VectorBytes = width };
            Forward(ref pass, aligned);
            // What Sync needs may be more: the moments in chunks.
            var partial = new CudaPass(null, properties, 0, 0) { VectorBytes = width };
            if (!call.IsGiven) Moments(ref partial, aligned);
            most = Math.Max(most, Math.Max(pass.ScratchBytes, partial.ScratchBytes));
        }
        return most;
    }

    /// <summary>The same of a backward pass.</summary>
    public static long BackwardScratchBytes(in CudaBackward call, DeviceProperties properties)
    {
        var aligned = call with { X = 0, Dy = 0, Gamma = 0, Beta = 0, SumGradient = 0, Dx = call.Dx == 0 ? 0 : Aligned };
        var most = 0L;
        foreach (var width in Widths)
        {
            var pass = new CudaPass(null, properties, 0, 0) { VectorBytes = width };
            Backward(ref pass, aligned);
            most = Math.Max(most, pass.ScratchBytes);
        }
        return most;
    }

    /// <summary>Statistics, unless given, and y.</summary>
    /// <exception cref="ArgumentException">The call contradicts itself.</exception>
    /// <exception cref="CudaException">A kernel does not compile, or the driver refuses it.</exception>
    public static void Forward(CudaDevice device, in CudaForward call, nint stream)
    {
        CudaCallCheck.Forward(call, device.Properties);
        var pass = new CudaPass(device, device.Properties, call.Scratch, stream);
        Forward(ref pass, call);
    }

    /// <summary>dx, dγ and dβ, each where it is wanted.</summary>
    /// <exception cref="ArgumentException">The call contradicts itself.</exception>
    /// <exception cref="CudaException">A kernel does not compile, or the driver refuses it.</exception>
    public static void Backward(CudaDevice device, in CudaBackward call, nint stream)
    {
        CudaCallCheck.Backward(call, device.Properties);
        var pass = new CudaPass(device, device.Properties, call.Scratch, stream);
        Backward(ref pass, call);
    }

    /// <summary>The moments of the sets of one replica: mean, rest and biased variance, float32 (Sets) each.</summary>
    /// <exception cref="CudaException">A kernel does not compile, or the driver refuses it.</exception>
    public static void PartialMoments(CudaDevice device, Geometry geometry, CudaElement element, nint x, nint mean, nint rest, nint variance, nint scratch, nint stream)
    {
        var call = new CudaForward { Geometry = geometry, Element = element, X = x, Mean = mean, Rest = rest, Variance = variance, Centered = true };
        var pass = new CudaPass(device, device.Properties, scratch, stream);
        Moments(ref pass, call);
    }

    /// <summary>Merges parts[part][4][sets] of mean, rest, Σ (x − μ)² and count, in the order of the parts, into the call's statistics and running statistics.</summary>
    /// <exception cref="CudaException">A kernel does not compile, or the driver refuses it.</exception>
    public static void Merge(CudaDevice device, in CudaForward call, nint parts, long count, nint stream)
    {
        var pass = new CudaPass(device, device.Properties, 0, stream);
        CudaMerge.Moments(ref pass, parts, count, call.Geometry.Sets, 1, call.Mean, call.Rest, call.Variance, call);
    }

    private static void Forward(ref CudaPass pass, in CudaForward call)
    {
        if (!call.IsGiven && CudaPath.HasRows(call.Geometry) && CudaRows.TryForward(ref pass, call)) return;
        if (CudaPath.HasRuns(call.Geometry) || call.Geometry.Samples == 1) CudaRuns.Forward(ref pass, call);
        else CudaColumns.Forward(ref pass, call);
    }

    private static void Backward(ref CudaPass pass, in CudaBackward call)
    {
        if (call.SumDy == 0 && CudaPath.HasRows(call.Geometry) && CudaRows.TryBackward(ref pass, call)) return;
        if (CudaPath.HasRuns(call.Geometry) || call.Geometry.Samples == 1) CudaRunsBackward.Backward(ref pass, call);
        else CudaColumnsBackward.Backward(ref pass, call);
    }

    private static void Moments(ref CudaPass pass, in CudaForward call)
    {
        if (CudaPath.HasRuns(call.Geometry) || call.Geometry.Samples == 1) CudaRuns.Moments(ref pass, call, call.Mean, call.Rest, call.Variance);
        else CudaColumns.Moments(ref pass, call, call.Mean, call.Rest, call.Variance);
    }
}
