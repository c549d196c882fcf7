using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NormKernel.Site.Pictures.Png;

/// <summary>Writes a picture with one byte for each pixel, its place in the palette.</summary>
internal static class PngWriter
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(index => Enumerable.Range(0, 8).Aggregate((uint)index, (crc, _) => (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1)))];

    public static byte[] Write(PngPixels picture, Palette palette)
    {
        using var png = new MemoryStream();
        png.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], picture.Height);
        (header[8], header[9]) = (8, 3);
        Write(png, "IHDR", header);
        Write(png, "PLTE", [.. palette.Colors.SelectMany(color => new[] { (byte)(color >> 16), (byte)(color >> 8), (byte)color })]);
        Write(png, "IDAT", Deflate(picture, palette));
        Write(png, "IEND", []);
        return png.ToArray();
    }

    private static byte[] Deflate(PngPixels picture, Palette palette)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            for (var row = 0; row < picture.Height; row++)
            {
                zlib.WriteByte(0);
                for (var column = 0; column < picture.Width; column++)
                    zlib.WriteByte(palette[Palette.Color(picture.Rgb, 3 * ((row * picture.Width) + column))]);
            }
        }

        return packed.ToArray();
    }

    private static void Write(MemoryStream png, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~body.Aggregate(uint.MaxValue, (crc, value) => CrcTable[(crc ^ value) & 255] ^ (crc >> 8)));
        png.Write(number);
    }
}
