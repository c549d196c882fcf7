using System.Numerics;
using System.Runtime.CompilerServices;

namespace NormCore.Kernels;

/// <summary>The lanes of one vector of float, in double: what is computed once for each set is computed for several at a time.</summary>
internal readonly unsafe struct Wide(Vector<double> low, Vector<double> high)
{
    private readonly Vector<double> low = low;
    private readonly Vector<double> high = high;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Wide(double value)
        : this(new Vector<double>(value), new Vector<double>(value))
    {
    }

    /// <summary>How many lanes there are.</summary>
    public static nint Count => Vector<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide Load(double* from) => new(Vector.Load(from), Vector.Load(from + Vector<double>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide Load(float* from) => Of(Vector.Load(from));

    /// <summary>The values themselves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide Of(Vector<float> values)
    {
        Vector.Widen(values, out var low, out var high);
        return new(low, high);
    }

    /// <summary>The values rounded to float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Narrow() => Vector.Narrow(low, high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* to)
    {
        low.Store(to);
        high.Store(to + Vector<double>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide Sqrt(Wide value) => new(Vector.SquareRoot(value.low), Vector.SquareRoot(value.high));

    /// <summary>The larger of each two; NaN where one is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide Max(Wide a, Wide b) => new(Vector.Max(a.low, b.low), Vector.Max(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide operator +(Wide a, Wide b) => new(a.low + b.low, a.high + b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide operator -(Wide a, Wide b) => new(a.low - b.low, a.high - b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide operator *(Wide a, Wide b) => new(a.low * b.low, a.high * b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide operator /(Wide a, Wide b) => new(a.low / b.low, a.high / b.high);
}
