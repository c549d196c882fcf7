using System.Numerics;
using NormCore.Kernels;

namespace NormCore.Tests.Kernels;

public unsafe class ElementTests
{
    [Fact]
    public void Every_float16_is_read_and_written_by_vectors_as_by_Half()
    {
        CheckReading<Float16>(bits => (double)BitConverter.UInt16BitsToHalf(bits));
        CheckWriting<Float16>(value => BitConverter.HalfToUInt16Bits((Half)value), [.. Enumerable.Range(0, 0x7c00).Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits))]);
    }

    [Fact]
    public void Every_bfloat16_is_read_and_written_by_vectors_as_the_upper_half_of_a_float()
    {
        CheckReading<BFloat16>(bits => BitConverter.Int32BitsToSingle(bits << 16));
        CheckWriting<BFloat16>(Nearest, [.. Enumerable.Range(0, 0x7f80).Select(bits => BitConverter.Int32BitsToSingle(bits << 16))]);

        static ushort Nearest(float value)
        {
            var below = BitConverter.SingleToUInt32Bits(value) >> 16;
            double down = BitConverter.UInt32BitsToSingle(below << 16), up = below % 0x8000 == 0x7f7f ? Math.CopySign(Math.ScaleB(1, 128), value) : BitConverter.UInt32BitsToSingle((below + 1) << 16);
            var toUp = Math.Abs(up - value).CompareTo(Math.Abs(value - down));
            return (ushort)(toUp < 0 || (toUp == 0 && below % 2 == 1) ? below + 1 : below);
        }
    }

    [Fact]
    public void What_is_not_a_number_remains_so()
    {
        foreach (var bits in (uint[])[0x7f800001, 0x7fffffff, 0xff800001, 0xffffffff, 0x7fc00000])
        {
            Assert.True(double.IsNaN(WrittenAndRead<Float16>(BitConverter.UInt32BitsToSingle(bits))));
            Assert.True(double.IsNaN(WrittenAndRead<BFloat16>(BitConverter.UInt32BitsToSingle(bits))));
        }
        Assert.Equal(double.NegativeInfinity, WrittenAndRead<Float16>(float.NegativeInfinity));
        Assert.Equal(double.NegativeInfinity, WrittenAndRead<BFloat16>(float.NegativeInfinity));
    }

    private static void CheckReading<E>(Func<ushort, double> expected)
        where E : unmanaged, IElement<E, float>
    {
        var words = stackalloc ushort[Vector<float>.Count];
        for (var bits = 0; bits <= 0xffff; bits++)
        {
            words[Vector<float>.Count - 1] = (ushort)bits;
            Assert.Equal(expected((ushort)bits), E.Load((E*)words)[Vector<float>.Count - 1]);
            Assert.Equal(expected((ushort)bits), E.Read((E*)words + Vector<float>.Count - 1));
        }
    }

    /// <summary>Each value, the middle between it and the next, and the floats beside both.</summary>
    private static void CheckWriting<E>(Func<float, ushort> expected, float[] values)
        where E : unmanaged, IElement<E, float>
    {
        var words = stackalloc ushort[Vector<float>.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var step = i + 1 < values.Length ? values[i + 1] - values[i] : values[i] - values[i - 1];
            foreach (var middle in (float[])[values[i], values[i] + step / 2])
                foreach (var value in (float[])[middle, -middle, MathF.BitIncrement(middle), -MathF.BitDecrement(middle)])
                {
                    E.Store(new Vector<float>(value), (E*)words);
                    Assert.Equal(expected(value), words[Vector<float>.Count - 1]);
                    E.Write(value, (E*)words);
                    Assert.Equal(expected(value), words[0]);
                }
        }
    }

    private static double WrittenAndRead<E>(float value)
        where E : unmanaged, IElement<E, float>
    {
        var words = stackalloc ushort[Vector<float>.Count];
        E.Store(new Vector<float>(value), (E*)words);
        return E.Load((E*)words)[0];
    }
}
