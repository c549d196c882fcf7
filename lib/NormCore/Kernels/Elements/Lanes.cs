using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NormCore.Kernels;

/// <summary>What the kernels need beside the operators of <see cref="Vector{T}"/>, whose width is the machine's. T is float or double.</summary>
internal static unsafe class Lanes
{
    /// <summary>a b + c, rounded once where the machine can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> MultiplyAdd<T>(Vector<T> a, Vector<T> b, Vector<T> c) => typeof(T) == typeof(float)
        ? Vector.MultiplyAddEstimate(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>()
        : Vector.MultiplyAddEstimate(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();

    /// <summary>The sum of all lanes, in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum<T>(Vector<T> value)
    {
        if (typeof(T) == typeof(double)) return Vector.Sum(value.As<T, double>());
        Vector.Widen(value.As<T, float>(), out var low, out var high);
        return Vector.Sum(low + high);
    }

    /// <summary>total += part, element by element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTo<T>(double* total, T* part, nint n)
        where T : unmanaged
    {
        nint i = 0, width = Vector<T>.Count, half = Vector<double>.Count;
        if (typeof(T) == typeof(float) && Vector.IsHardwareAccelerated)
            for (; i + width <= n; i += width)
            {
                Vector.Widen(Vector.Load((float*)part + i), out var low, out var high);
                (Vector.Load(total + i) + low).Store(total + i);
                (Vector.Load(total + i + half) + high).Store(total + i + half);
            }
        for (; i < n; i++) total[i] += Lanes.Widen(part[i]);
    }

    /// <summary>A mask of the first lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> First<T>(nint count) => Vector.LessThan(Vector<T>.Indices, new Vector<T>(Narrow<T>(count)));

    /// <summary>A mask of the last lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Last<T>(nint count) => Vector.GreaterThanOrEqual(Vector<T>.Indices, new Vector<T>(Narrow<T>(Vector<T>.Count - count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Widen<T>(T value) => typeof(T) == typeof(float) ? (float)(object)value! : (double)(object)value!;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Narrow<T>(double value) => typeof(T) == typeof(float) ? (T)(object)(float)value : (T)(object)value;

    /// <summary>Asks for a cache line that will soon be read; any address will do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(void* address)
    {
        if (Sse.IsSupported) Sse.Prefetch0(address);
    }

    /// <summary>Stores a vector, on request past the caches; then the address has to be aligned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put<E, T>(Vector<T> value, E* to, bool stream)
        where E : unmanaged, IElement<E, T>
        where T : unmanaged
    {
        if (stream) E.Stream(value, to);
        else E.Store(value, to);
    }

    /// <summary>Makes streamed stores visible to other threads before what is stored after them.</summary>
    public static void Fence()
    {
        if (Sse.IsSupported) Sse.StoreFence();
    }
}
