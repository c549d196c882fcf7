using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NormCore.Kernels;

/// <summary>16-bit patterns in memory, one to each 32-bit lane.</summary>
internal static unsafe class HalfWords
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<uint> Load(ushort* from) => Vector<uint>.Count switch
    {
        16 => Vector512.WidenLower(Vector256.Load(from).ToVector512Unsafe()).AsVector(),
        8 => Vector256.WidenLower(Vector128.Load(from).ToVector256Unsafe()).AsVector(),
        _ => Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)from).AsUInt16()).AsVector(),
    };

    /// <summary>Stores the lower half of each lane; the upper half must be 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector<uint> words, ushort* to)
    {
        if (Vector<uint>.Count == 16) Narrow(words.AsVector512()).Store(to);
        else if (Vector<uint>.Count == 8) Narrow(words.AsVector256()).Store(to);
        else *(ulong*)to = Vector128.Narrow(words.AsVector128(), words.AsVector128()).AsUInt64().ToScalar();
    }

    /// <summary>The same past the caches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(Vector<uint> words, ushort* to)
    {
        if (Vector<uint>.Count == 16) Narrow(words.AsVector512()).StoreAlignedNonTemporal(to);
        else if (Vector<uint>.Count == 8) Narrow(words.AsVector256()).StoreAlignedNonTemporal(to);
        else Store(words, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Narrow(Vector512<uint> words) => Vector256.Narrow(words.GetLower(), words.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Narrow(Vector256<uint> words) => Vector128.Narrow(words.GetLower(), words.GetUpper());
}
