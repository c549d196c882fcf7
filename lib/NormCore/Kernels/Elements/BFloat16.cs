using System.Numerics;
using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>bfloat16 in memory, the upper half of a float; float in arithmetic.</summary>
internal readonly unsafe struct BFloat16 : IElement<BFloat16, float>
{
    private readonly ushort bits;

    private BFloat16(uint bits) => this.bits = (ushort)bits;

    public static double Read(BFloat16* from) => BitConverter.UInt32BitsToSingle((uint)from->bits << 16);

    public static void Write(double value, BFloat16* to)
    {
        var bits = BitConverter.SingleToUInt32Bits((float)value);
        *to = new(double.IsNaN(value) ? 0x7fc0 : (bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load(BFloat16* from) => (HalfWords.Load((ushort*)from) << 16).As<uint, float>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector<float> value, BFloat16* to) => HalfWords.Store(Round(value), (ushort*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(Vector<float> value, BFloat16* to) => HalfWords.Stream(Round(value), (ushort*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Round(Vector<float> value)
    {
        var bits = value.As<float, uint>();
        var odd = (bits >> 16) & Vector<uint>.One;
        var rounded = (bits + new Vector<uint>(0x7fff) + odd) >> 16;
        // The carry of rounding would turn some NaN into infinity or zero.
        return Vector.ConditionalSelect(Vector.Equals(value, value).As<int, uint>(), rounded, new Vector<uint>(0x7fc0));
    }
}
