using System.Text;

namespace Benchmarks.Norms.Peers;

/// <summary>Writes the fields of a protocol buffers message, one after the other.</summary>
internal sealed class ProtobufWriter
{
    private const int Varint = 0, LengthPrefixed = 2, Fixed32 = 5;

    private readonly List<byte> bytes = [];

    public ProtobufWriter Integer(int field, long value) => Tag(field, Varint).Number((ulong)value);

    public ProtobufWriter Single(int field, float value)
    {
        Tag(field, Fixed32);
        for (var (rest, i) = (BitConverter.SingleToUInt32Bits(value), 0); i < sizeof(float); i++, rest >>= 8) bytes.Add((byte)rest);
        return this;
    }

    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.ToArray());

    public byte[] ToArray() => [.. bytes];

    private ProtobufWriter Bytes(int field, byte[] value)
    {
        Tag(field, LengthPrefixed).Number((ulong)value.Length);
        bytes.AddRange(value);
        return this;
    }

    private ProtobufWriter Tag(int field, int kind) => Number((ulong)(field << 3 | kind));

    // Seven bits a byte, the lowest first; the eighth says that more follow.
    private ProtobufWriter Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return this;
    }
}
