using System.Buffers.Binary;
using System.Text;

namespace NormCore;

/// <summary>Numbers and texts of a pickle, one after the other; never past its end.</summary>
internal sealed class PickleBytes(byte[] bytes)
{
    private int at;

    public byte UInt8() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public double Float64() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>Its length in a byte, then two's complement, the lowest byte first.</summary>
    public long LongInteger()
    {
        var length = UInt8();
        if (length > 8) throw new InvalidDataException($"the pickle has an integer of {length} bytes; sizes and counts have at most 8.");
        var digits = Take(length);
        var value = length > 0 && digits[^1] >= 0x80 ? -1L : 0L;
        for (var i = length - 1; i >= 0; i--) value = value << 8 | digits[i];
        return value;
    }

    /// <summary>Its length in four bytes, then UTF-8.</summary>
    public string Text() => Encoding.UTF8.GetString(Take(UInt32()));

    public string Line()
    {
        var length = bytes.AsSpan(at).IndexOf((byte)'\n');
        var text = Encoding.UTF8.GetString(Take(length < 0 ? uint.MaxValue : (uint)length));
        Take(1);
        return text;
    }

    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > bytes.Length - at) throw new InvalidDataException("the pickle ends in the middle: the file is truncated or damaged.");
        at += (int)count;
        return bytes.AsSpan(at - (int)count, (int)count);
    }
}
