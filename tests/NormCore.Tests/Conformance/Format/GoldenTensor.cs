using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace NormCore.Tests.Conformance.Format;

/// <summary>One tensor of a case: where it lies in the case's file and how to read it.</summary>
internal sealed record GoldenTensor(string Name, string Role, string Dtype, long[] Shape, int Offset, int Nbytes)
{
    public Tensor Read(string folder, string file)
    {
        var bytes = System.IO.File.ReadAllBytes(Path.Combine(folder, file)).AsSpan(Offset, Nbytes);
        return Dtype switch
        {
            "f64" => tensor(MemoryMarshal.Cast<byte, double>(bytes).ToArray(), Shape),
            "f32" => tensor(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), Shape),
            "bool" => tensor([.. bytes.ToArray().Select(value => value != 0)], Shape),
            "f16" => Narrow(MemoryMarshal.Cast<byte, Half>(bytes), half => (float)half, ScalarType.Float16),
            "bf16" => Narrow(MemoryMarshal.Cast<byte, ushort>(bytes), top => BitConverter.UInt32BitsToSingle((uint)top << 16), ScalarType.BFloat16),
            _ => throw new NotSupportedException($"{Name} is of dtype {Dtype}."),
        };
    }

    // Every half and bfloat16 is a float32, so the way through it rounds nothing.
    private Tensor Narrow<T>(ReadOnlySpan<T> values, Func<T, float> widen, ScalarType type)
    {
        using var wide = tensor([.. values.ToArray().Select(widen)], Shape);
        return wide.to(type);
    }
}
