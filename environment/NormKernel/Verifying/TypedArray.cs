using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace NormKernel.Verifying;

/// <summary>Plotly's typed arrays: <c>{"dtype": "f4", "bdata": base64}</c>, little-endian.</summary>
public static class TypedArray
{
    /// <summary>The numbers in it, or null where <paramref name="node"/> is no typed array.</summary>
    public static IReadOnlyList<double>? Decode(JsonNode? node)
    {
        if (node is not JsonObject { } json
            || json["dtype"] is not JsonValue dtype
            || json["bdata"] is not JsonValue bdata
            || SizeOf(dtype.ToString()) is not { } size)
            return null;

        var bytes = new byte[bdata.ToString().Length];
        if (!Convert.TryFromBase64String(bdata.ToString(), bytes, out var length))
            return null;
        return [.. Enumerable.Range(0, length / size).Select(index => Element(dtype.ToString(), bytes.AsSpan(index * size, size)))];
    }

    private static int? SizeOf(string dtype) => dtype switch
    {
        "i1" or "u1" or "u1c" => 1,
        "i2" or "u2" => 2,
        "i4" or "u4" or "f4" => 4,
        "f8" => 8,
        _ => null,
    };

    private static double Element(string dtype, ReadOnlySpan<byte> bytes) => dtype switch
    {
        "i1" => (sbyte)bytes[0],
        "i2" => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        "u2" => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        "i4" => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        "u4" => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        "f4" => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        "f8" => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        _ => bytes[0],
    };
}
