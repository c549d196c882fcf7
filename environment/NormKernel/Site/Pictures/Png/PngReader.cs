using System.Buffers.Binary;
using System.IO.Compression;

namespace NormKernel.Site.Pictures.Png;

/// <summary>Reads the PNGs that browsers and NormLab write: true colour of 8 bits, not interlaced; others are left alone.</summary>
internal static class PngReader
{
    private const int SignatureLength = 8;

    /// <summary>The pixels, over white where they are transparent; null for another kind of PNG, or what is none.</summary>
    public static PngPixels? Read(byte[] png)
    {
        var header = Chunks(png).FirstOrDefault(chunk => chunk.Type == "IHDR").Data.Span;
        if (header.Length != 13 || header is not [.., 8, 2 or 6, 0, 0, 0])
            return null;

        var (width, height, channels) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]), header[9] == 6 ? 4 : 3);
        var data = Inflate(Chunks(png).Where(chunk => chunk.Type == "IDAT"));
        return data.Length == (long)height * ((width * channels) + 1) ? new(width, height, OverWhite(Unfilter(data, width * channels, channels), channels)) : null;
    }

    private static IEnumerable<(string Type, ReadOnlyMemory<byte> Data)> Chunks(byte[] png)
    {
        for (var start = SignatureLength; start + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(start));
            if (length < 0 || length > png.Length - start - 12)
                yield break;
            yield return (System.Text.Encoding.ASCII.GetString(png, start + 4, 4), png.AsMemory(start + 8, length));
            start += length + 12;
        }
    }

    private static byte[] Inflate(IEnumerable<(string Type, ReadOnlyMemory<byte> Data)> chunks)
    {
        using var packed = new MemoryStream();
        foreach (var (_, data) in chunks)
            packed.Write(data.Span);
        packed.Position = 0;
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zlib.CopyTo(plain);
        return plain.ToArray();
    }

    /// <summary>Each row says by its first byte from which neighbours its bytes are differences.</summary>
    private static byte[] Unfilter(byte[] data, int stride, int channels)
    {
        var rows = new byte[data.Length / (stride + 1) * stride];
        for (var row = 0; row * stride < rows.Length; row++)
        {
            var filter = data[row * (stride + 1)];
            for (var column = 0; column < stride; column++)
            {
                var at = (row * stride) + column;
                int left = column < channels ? 0 : rows[at - channels];
                int above = row == 0 ? 0 : rows[at - stride];
                int corner = row == 0 || column < channels ? 0 : rows[at - stride - channels];
                var predicted = filter switch { 1 => left, 2 => above, 3 => (left + above) / 2, 4 => Paeth(left, above, corner), _ => 0 };
                rows[at] = (byte)(data[(row * (stride + 1)) + 1 + column] + predicted);
            }
        }

        return rows;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    private static byte[] OverWhite(byte[] pixels, int channels)
    {
        if (channels == 3)
            return pixels;
        var rgb = new byte[pixels.Length / 4 * 3];
        for (var (from, to) = (0, 0); from < pixels.Length; (from, to) = (from + 4, to + 3))
        {
            for (var channel = 0; channel < 3; channel++)
                rgb[to + channel] = (byte)(255 + ((pixels[from + channel] - 255) * pixels[from + 3] / 255));
        }

        return rgb;
    }
}
