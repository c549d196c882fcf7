using System.Runtime.InteropServices;
using NormCore.Kernels;

namespace CudaBenchmark.Device;

/// <summary>Numbers as the device's memory has them.</summary>
internal static class Elements
{
    /// <summary>Normal numbers, rounded to the type, as bytes and as what the bytes say.</summary>
    public static (byte[] Bytes, float[] Values) Random(long count, CudaElement element, int seed, float mean, float deviation)
    {
        var random = new Random(seed);
        // A prime number of them, over and over, looks different to every row and channel.
        var some = new float[Math.Min(count, 65521)];
        for (var i = 0; i < some.Length; i++)
            some[i] = mean + deviation * (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        var values = new float[count];
        for (long i = 0; i < count; i++) values[i] = some[i % some.Length];
        var bytes = ToBytes(values, element);
        return (bytes, ToValues(bytes, element));
    }

    public static float[] ToValues(byte[] bytes, CudaElement element)
    {
        switch (element)
        {
            case CudaElement.Float32: return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
            case CudaElement.Float16: return Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), half => (float)half);
            default: return Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(), word => BitConverter.UInt32BitsToSingle((uint)word << 16));
        }
    }

    /// <summary>A number as the type keeps it.</summary>
    public static float Rounded(float value, CudaElement element) => element switch
    {
        CudaElement.Float32 => value,
        CudaElement.Float16 => (float)(Half)value,
        _ => BitConverter.UInt32BitsToSingle((uint)Rounded(value) << 16),
    };

    private static byte[] ToBytes(float[] values, CudaElement element) => element switch
    {
        CudaElement.Float32 => MemoryMarshal.AsBytes(values.AsSpan()).ToArray(),
        CudaElement.Float16 => MemoryMarshal.AsBytes(Array.ConvertAll(values, value => (Half)value).AsSpan()).ToArray(),
        _ => MemoryMarshal.AsBytes(Array.ConvertAll(values, Rounded).AsSpan()).ToArray(),
    };

    // To nearest, ties to even.
    private static ushort Rounded(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }
}
