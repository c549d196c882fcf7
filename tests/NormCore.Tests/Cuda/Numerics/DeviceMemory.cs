using System.Runtime.InteropServices;
using NormCore.Kernels;

namespace NormCore.Tests.Cuda.Numerics;

/// <summary>Elements in the fake device's memory, NaN at first, with fences on both sides that must be whole at the end.</summary>
internal sealed unsafe class DeviceMemory : IDisposable
{
    private const int Fence = 256;
    private const byte FenceByte = 0xCD;
    private readonly byte* block;
    private readonly long bytes;
    private readonly CudaElement element;
    private readonly int skew;

    /// <summary>Room for n elements at a multiple of 256 bytes, or beyond it by a few elements.</summary>
    public DeviceMemory(long n, CudaElement element = CudaElement.Float32, int skew = 0)
    {
        (this.element, bytes, this.skew) = (element, n * VectorWidth.BytesOf(element), skew * VectorWidth.BytesOf(element));
        block = (byte*)NativeMemory.AlignedAlloc((nuint)(bytes + 3 * Fence), Fence);
        NativeMemory.Fill(block, (nuint)(bytes + 3 * Fence), FenceByte);
        NativeMemory.Fill((byte*)At, (nuint)bytes, 0xFF);
    }

    public nint At => (nint)(block + Fence + skew);

    public long Count => bytes / VectorWidth.BytesOf(element);

    /// <summary>Rounds numbers to the type and stores them.</summary>
    public DeviceMemory Set(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
            switch (element)
            {
                case CudaElement.Float32: ((float*)At)[i] = (float)values[i]; break;
                case CudaElement.Float16: ((Half*)At)[i] = (Half)(float)values[i]; break;
                default: ((ushort*)At)[i] = ToBFloat16((float)values[i]); break;
            }
        return this;
    }

    public double[] Get()
    {
        var values = new double[Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = element switch
            {
                CudaElement.Float32 => ((float*)At)[i],
                CudaElement.Float16 => (double)((Half*)At)[i],
                _ => BitConverter.UInt32BitsToSingle((uint)((ushort*)At)[i] << 16),
            };
        return values;
    }

    public byte[] Bytes() => new Span<byte>((byte*)At, (int)bytes).ToArray();

    /// <summary>The rounding of the type, relative to a number.</summary>
    public static double Rounding(CudaElement element) => element switch
    {
        CudaElement.Float32 => Math.Pow(2, -24),
        CudaElement.Float16 => Math.Pow(2, -11),
        _ => Math.Pow(2, -8),
    };

    public void Dispose()
    {
        var outside = new Span<byte>(block, Fence + skew).ToArray().Concat(new Span<byte>((byte*)At + bytes, Fence).ToArray());
        var isWhole = outside.All(value => value == FenceByte);
        NativeMemory.AlignedFree(block);
        Assert.True(isWhole, "a kernel wrote outside its tensor");
    }

    private static ushort ToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)0x7FC0 : (ushort)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
    }
}
