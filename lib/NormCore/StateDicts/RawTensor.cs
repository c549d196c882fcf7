using System.Numerics;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>Tensors from bytes, as files of tensors hold them: contiguous, little-endian.</summary>
internal static class RawTensor
{
    /// <summary>A tensor on the CPU from the next <paramref name="bytes"/> bytes, which must be exactly as many as it needs.</summary>
    public static Tensor Read(Stream stream, ScalarType type, long[] shape, long bytes, string name)
    {
        // Exact, and before any memory is asked for: the numbers may be damaged.
        var needed = shape.Aggregate((BigInteger)Size(type), (product, length) => product * length);
        if (shape.Any(length => length < 0) || needed != bytes)
            throw new InvalidDataException($"{name} is {type} [{string.Join(", ", shape)}], {needed} bytes, and the file gives it {bytes}: it is truncated or damaged.");
        var tensor = empty(shape, type, CPU);
        if (bytes > 0) tensor.ReadBytesFromStream(stream, 1 << 20);
        return tensor;
    }

    private static long Size(ScalarType type)
    {
        using var none = empty([0], type, CPU);
        return none.ElementSize;
    }
}
