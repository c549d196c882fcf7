using System.Numerics;
using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>IEEE half in memory (5 bits of exponent, 10 of fraction); float in arithmetic.</summary>
internal readonly unsafe struct Float16 : IElement<Float16, float>
{
    private readonly Half value;

    private Float16(Half value) => this.value = value;

    public static double Read(Float16* from) => (double)from->value;

    // By way of float as the vectors do; float has the digits that make both roundings one, unless the double lies at a tie.
    public static void Write(double value, Float16* to) => *to = new((Half)(float)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load(Float16* from)
    {
        var bits = HalfWords.Load((ushort*)from);
        var magnitude = (bits & new Vector<uint>(0x7fff)) << 13;
        // The exponents are biased by 15 and 127; the multiplication by 2¹¹² also makes normal numbers of subnormal ones.
        var value = (magnitude.As<uint, float>() * new Vector<float>(5.192296858534828e33f)).As<float, uint>();
        var notFinite = Vector.GreaterThanOrEqual(magnitude, new Vector<uint>(0x7c00 << 13)) & new Vector<uint>(0x7f800000);
        return (value | notFinite | ((bits & new Vector<uint>(0x8000)) << 16)).As<uint, float>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector<float> value, Float16* to) => HalfWords.Store(Round(value), (ushort*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(Vector<float> value, Float16* to) => HalfWords.Stream(Round(value), (ushort*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Round(Vector<float> value)
    {
        var bits = value.As<float, uint>();
        var magnitude = bits & new Vector<uint>(0x7fffffff);
        var odd = (magnitude >> 13) & Vector<uint>.One;
        var normal = (magnitude - new Vector<uint>((112 << 23) - 0xfff) + odd) >> 13;
        // 1/2 has as its last place the smallest half: adding it rounds there.
        var subnormal = (magnitude.As<uint, float>() + new Vector<float>(0.5f)).As<float, uint>() - new Vector<uint>(126 << 23);
        var half = Vector.ConditionalSelect(Vector.LessThan(magnitude, new Vector<uint>(113 << 23)), subnormal, normal);
        half = Vector.ConditionalSelect(Vector.GreaterThanOrEqual(magnitude, new Vector<uint>(143u << 23)), new Vector<uint>(0x7c00), half);
        half = Vector.ConditionalSelect(Vector.Equals(value, value).As<int, uint>(), half, new Vector<uint>(0x7e00));
        return half | ((bits ^ magnitude) >> 16);
    }
}
