using System.Numerics;
using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>float in memory, float in arithmetic.</summary>
internal readonly unsafe struct Float32 : IElement<Float32, float>
{
    private readonly float value;

    private Float32(double value) => this.value = (float)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Read(Float32* from) => from->value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(double value, Float32* to) => *to = new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load(Float32* from) => Vector.Load((float*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector<float> value, Float32* to) => value.Store((float*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(Vector<float> value, Float32* to) => value.StoreAlignedNonTemporal((float*)to);
}
