using System.Buffers.Binary;
using System.IO.Compression;
using static TorchSharp.torch;

namespace NormLab.Style;

/// <summary>Reads pictures in the format PNG (ISO/IEC 15948:2004): 8 bits per sample, grey or RGB, with or without alpha, not interlaced.</summary>
public static class PngReader
{
    private const int Grey = 0, Rgb = 2, GreyAlpha = 4, RgbAlpha = 6;

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The picture as (3, H, W), float64 from 0 to 1; grey becomes three equal channels, alpha is left out.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <exception cref="InvalidDataException">It is no PNG, is damaged, or is of a kind that this reader does not know.</exception>
    public static Tensor Read(byte[] file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (!file.AsSpan().StartsWith(Signature))
            throw new InvalidDataException("The bytes are no PNG: its signature is missing.");
        var chunks = Chunks(file).ToList();
        var (width, height, samples) = Header(chunks.Find(chunk => chunk.Name == "IHDR").Content.Span);
        using var data = new MemoryStream([.. chunks.Where(chunk => chunk.Name == "IDAT").SelectMany(chunk => chunk.Content.ToArray())]);
        using var inflated = new ZLibStream(data, CompressionMode.Decompress);
        var lines = new byte[height * (1 + width * samples)];
        inflated.ReadExactly(lines);
        return ToTensor(PngFilter.Undone(lines, height, width * samples, samples), height, width, samples);
    }

    private static IEnumerable<(string Name, ReadOnlyMemory<byte> Content)> Chunks(byte[] file)
    {
        for (var at = Signature.Length; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12)
                throw new InvalidDataException($"The PNG ends within a chunk of {length} bytes: it is damaged.");
            yield return (System.Text.Encoding.ASCII.GetString(file, at + 4, 4), file.AsMemory(at + 8, (int)length));
            at += 12 + (int)length;
        }
    }

    private static (int Width, int Height, int Samples) Header(ReadOnlySpan<byte> header)
    {
        if (header.Length != 13)
            throw new InvalidDataException("The PNG has no header: it is damaged.");
        var (bits, kind, interlaced) = (header[8], header[9], header[12] != 0);
        if (bits != 8 || kind is not (Grey or Rgb or GreyAlpha or RgbAlpha) || interlaced)
            throw new InvalidDataException($"The PNG has {bits} bits per sample, colour type {kind}{(interlaced ? ", interlaced" : "")}; 8 bits, grey or RGB and no interlacing can be read.");
        return ((int)BinaryPrimitives.ReadUInt32BigEndian(header), (int)BinaryPrimitives.ReadUInt32BigEndian(header[4..]), kind switch { Grey => 1, GreyAlpha => 2, Rgb => 3, _ => 4 });
    }

    private static Tensor ToTensor(byte[] pixels, int height, int width, int samples)
    {
        using var scope = NewDisposeScope();
        var picture = tensor(pixels, ScalarType.Byte).to(ScalarType.Float64).div(255).view(height, width, samples).permute(2, 0, 1); // (S, H, W)
        var colour = samples < 3 ? picture.narrow(0, 0, 1).expand(3, height, width) : picture.narrow(0, 0, 3);
        return colour.contiguous().MoveToOuterDisposeScope();
    }
}
