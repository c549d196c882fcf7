using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace NormCore.Tests.Kernels;

/// <summary>Numbers of one type in unmanaged memory at a chosen place, with a guard on both sides that nothing may write to.</summary>
internal sealed unsafe class Memory : IDisposable
{
    private const int Guard = 256;
    private const byte Untouched = 0xa5;
    private readonly byte* room;
    private readonly int bytes;
    private readonly int before;

    /// <param name="type">How the numbers lie in memory.</param>
    /// <param name="count">How many.</param>
    /// <param name="offset">The elements between a cache line and the first number.</param>
    public Memory(ScalarType type, int count, int offset = 0)
    {
        (Type, Count, bytes, before) = (type, count, count * SizeOf(type), Guard + offset * SizeOf(type));
        room = (byte*)NativeMemory.AlignedAlloc((nuint)(before + bytes + Guard), 64);
        new Span<byte>(room, before + bytes + Guard).Fill(Untouched);
    }

    public Memory(ScalarType type, double[] values, int offset = 0)
        : this(type, values.Length, offset)
    {
        for (var i = 0; i < values.Length; i++) Write(i, values[i]);
    }

    public ScalarType Type { get; }

    public int Count { get; }

    public void* First => room + before;

    public static int SizeOf(ScalarType type) => type switch { ScalarType.Float64 => 8, ScalarType.Float32 => 4, _ => 2 };

    /// <summary>What the type keeps of the values.</summary>
    public static double[] Rounded(ScalarType type, double[] values)
    {
        using var memory = new Memory(type, values);
        return memory.Values();
    }

    public double[] Values()
    {
        Assert.False(new Span<byte>(room, before).ContainsAnyExcept(Untouched), "something was written before the first element");
        Assert.False(new Span<byte>(room + before + bytes, Guard).ContainsAnyExcept(Untouched), "something was written after the last element");
        return [.. Enumerable.Range(0, Count).Select(Read)];
    }

    public void Dispose() => NativeMemory.AlignedFree(room);

    private double Read(int i) => Type switch
    {
        ScalarType.Float64 => ((double*)First)[i],
        ScalarType.Float32 => ((float*)First)[i],
        ScalarType.Float16 => (double)((Half*)First)[i],
        _ => BitConverter.Int32BitsToSingle(((ushort*)First)[i] << 16),
    };

    private void Write(int i, double value)
    {
        if (Type == ScalarType.Float64) ((double*)First)[i] = value;
        else if (Type == ScalarType.Float32) ((float*)First)[i] = (float)value;
        else if (Type == ScalarType.Float16) ((Half*)First)[i] = (Half)value;
        else ((ushort*)First)[i] = (ushort)((BitConverter.SingleToInt32Bits((float)value) + 0x7fff) >> 16); // Near enough: values are read back.
    }
}
