using System.Numerics;
using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>double in memory, double in arithmetic.</summary>
internal readonly unsafe struct Float64 : IElement<Float64, double>
{
    private readonly double value;

    private Float64(double value) => this.value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Read(Float64* from) => from->value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(double value, Float64* to) => *to = new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Load(Float64* from) => Vector.Load((double*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector<double> value, Float64* to) => value.Store((double*)to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(Vector<double> value, Float64* to) => value.StoreAlignedNonTemporal((double*)to);
}
