using System.Buffers.Binary;
using System.IO.Compression;
using static TorchSharp.torch;

namespace NormLab.Style;

/// <summary>Writes pictures in the format PNG (ISO/IEC 15948:2004), 8 bits per sample, RGB.</summary>
public static class PngWriter
{
    private const uint CrcPolynomial = 0xEDB88320;

    /// <summary>The bytes of a PNG file.</summary>
    /// <param name="picture">(3, H, W), from 0 to 1; what lies outside is clipped.</param>
    /// <param name="levels">How many values a sample may have, 2 to 256: few make small files.</param>
    /// <exception cref="ArgumentException">Another shape, or another number of levels.</exception>
    public static byte[] Write(Tensor picture, int levels = 256)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.dim() != 3 || picture.shape[0] != 3 || picture.numel() == 0)
            throw new ArgumentException($"A picture has the shape (3, H, W) with red, green and blue; it was given as ({string.Join(", ", picture.shape)}).", nameof(picture));
        if (levels is < 2 or > 256)
            throw new ArgumentOutOfRangeException(nameof(levels), levels, "A sample of 8 bits has 2 to 256 levels.");

        var (height, width) = ((int)picture.shape[1], (int)picture.shape[2]);
        using var file = new MemoryStream();
        file.Write(PngReader.Signature);
        Chunk(file, "IHDR", Header(height, width));
        Chunk(file, "IDAT", Deflated(PngFilter.Done(Pixels(picture, levels), height, 3 * width, 3)));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Pixels(Tensor picture, int levels)
    {
        using var scope = NewDisposeScope();
        var level = picture.detach().cpu().to(ScalarType.Float64).clamp(0, 1).mul(levels - 1).round();
        return level.mul(255.0 / (levels - 1)).round().to(ScalarType.Byte).permute(1, 2, 0).contiguous().data<byte>().ToArray(); // (H, W, 3)
    }

    private static byte[] Header(int height, int width)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return header;
    }

    private static byte[] Deflated(byte[] lines)
    {
        using var data = new MemoryStream();
        using (var deflating = new ZLibStream(data, CompressionLevel.SmallestSize))
            deflating.Write(lines);
        return data.ToArray();
    }

    private static void Chunk(MemoryStream file, string name, byte[] content)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(name), .. content];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        file.Write(number);
    }

    private static uint Crc(byte[] body)
    {
        var crc = uint.MaxValue;
        foreach (var value in body)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ CrcPolynomial;
        }

        return ~crc;
    }
}
