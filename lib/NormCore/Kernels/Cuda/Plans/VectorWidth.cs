namespace NormCore.Kernels;

/// <summary>How many elements one load moves: as wide as lengths and addresses allow, so that each packet lies at a multiple of its size.</summary>
internal static class VectorWidth
{
    /// <summary>Bytes of an element.</summary>
    public static int BytesOf(CudaElement element) => element == CudaElement.Float32 ? 4 : 2;

    /// <summary>A power of two of at most <paramref name="mostBytes"/> (2 to 16) that divides a length, at which all tensors are aligned.</summary>
    public static int Of(CudaElement element, nint length, int mostBytes, params ReadOnlySpan<nint> tensors)
    {
        var bytes = BytesOf(element);
        var width = Math.Max(1, mostBytes / bytes);
        while (width > 1 && (length % width != 0 || !Aligned(tensors, width * bytes))) width /= 2;
        return width;
    }

    /// <summary>The same where γ and β are read in vectors too.</summary>
    public static int Of(CudaElement element, CudaElement parameter, nint length, int mostBytes, ReadOnlySpan<nint> tensors, params ReadOnlySpan<nint> parameters)
    {
        var width = Of(element, length, mostBytes, tensors);
        while (width > 1 && !Aligned(parameters, Math.Min(16, width * BytesOf(parameter)))) width /= 2;
        return width;
    }

    private static bool Aligned(ReadOnlySpan<nint> pointers, int bytes)
    {
        foreach (var pointer in pointers)
            if (pointer % bytes != 0) return false;
        return true;
    }
}
