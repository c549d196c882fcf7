namespace NormCore.Kernels;

/// <summary>Arguments of kernels as 8 bytes each.</summary>
internal static class CudaWord
{
    /// <summary>A pointer, or an integer of 4 or 8 bytes.</summary>
    public static ulong Of(long value) => unchecked((ulong)value);

    /// <summary>A float in the low 4 bytes.</summary>
    public static ulong Of(float value) => BitConverter.SingleToUInt32Bits(value);

    /// <summary>A factor: 1 or 0.</summary>
    public static ulong Of(bool value) => Of(value ? 1f : 0f);
}
