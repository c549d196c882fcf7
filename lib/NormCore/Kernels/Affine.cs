using System.Numerics;
using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>γ and β, or their gradients, in memory: [Groups][Channels] each, contiguous; null for none.</summary>
/// <param name="Gamma">γ, or null for 1.</param>
/// <param name="Beta">β, or null for 0.</param>
/// <param name="Type">The type of both: that of x, or float32 beside half types.</param>
internal readonly unsafe record struct Affine(nint Gamma, nint Beta, ScalarType Type)
{
    /// <summary>n parameters in the type of arithmetic, each repeated; null for null.</summary>
    public static T* Widen<E, T>(nint parameters, ScalarType type, nint n, nint repeat, Scratch scratch)
        where E : unmanaged, IElement<E, T>
        where T : unmanaged
    {
        if (parameters == 0) return null;
        if (repeat == 1 && IsWide<T>(type)) return (T*)parameters;
        var wide = scratch.Take<T>(n * repeat);
        for (nint i = 0; i < n * repeat; i++)
            wide[i] = IsWide<T>(type) ? ((T*)parameters)[i / repeat] : Lanes.Narrow<T>(E.Read((E*)parameters + i / repeat));
        return wide;
    }

    /// <summary>The same, with a value in the place of null.</summary>
    public static T* WidenOrFill<E, T>(nint parameters, ScalarType type, nint n, nint repeat, double value, Scratch scratch)
        where E : unmanaged, IElement<E, T>
        where T : unmanaged
    {
        if (parameters != 0) return Widen<E, T>(parameters, type, n, repeat, scratch);
        var filled = scratch.Take<T>(n * repeat);
        for (nint i = 0; i < n * repeat; i++) filled[i] = Lanes.Narrow<T>(value);
        return filled;
    }

    /// <summary>Writes one parameter.</summary>
    public static void Write<E, T>(double value, nint parameters, ScalarType type, nint index)
        where E : unmanaged, IElement<E, T>
        where T : unmanaged
    {
        if (IsWide<T>(type)) ((T*)parameters)[index] = Lanes.Narrow<T>(value);
        else E.Write(value, (E*)parameters + index);
    }

    /// <summary>Writes n parameters; nowhere for null.</summary>
    public static void Write<E, T>(double* values, nint parameters, ScalarType type, nint n)
        where E : unmanaged, IElement<E, T>
        where T : unmanaged
    {
        if (parameters == 0) return;
        nint i = 0;
        if (typeof(T) == typeof(float) && IsWide<T>(type) && Vector.IsHardwareAccelerated)
            for (; i + Wide.Count <= n; i += Wide.Count) Wide.Load(values + i).Narrow().Store((float*)parameters + i);
        for (; i < n; i++) Write<E, T>(values[i], parameters, type, i);
    }

    private static bool IsWide<T>(ScalarType type) => type == (typeof(T) == typeof(float) ? ScalarType.Float32 : ScalarType.Float64);
}
