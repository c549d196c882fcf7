using System.Buffers.Binary;
using System.IO.Compression;

namespace NormLab.Data;

/// <summary>
/// A gzipped IDX file of bytes, the format of MNIST: two zero bytes, the type (8 for bytes), the number of dimensions,
/// the size of each as a big-endian 32-bit number, then the values.
/// </summary>
/// <param name="Sizes">The size of each dimension.</param>
/// <param name="Values">The values in row-major order.</param>
internal sealed record IdxFile(int[] Sizes, byte[] Values)
{
    private const int UnsignedByte = 8;

    public static IdxFile Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file, Path.GetFileName(path));
    }

    public static IdxFile Read(Stream gzipped, string name)
    {
        using var stream = Decompress(gzipped, name);
        var sizes = ReadSizes(stream, name);
        var promised = sizes.Aggregate(1L, (product, size) => product * size);
        var there = stream.Length - stream.Position;
        if (there != promised)
        {
            throw new InvalidDataException(
                $"{name} is {(there < promised ? "cut short" : "too long")}: its header promises {string.Join("×", sizes)} = {promised} values "
                + $"and {there} are there. Delete it and download it again.");
        }

        return new(sizes, stream.GetBuffer()[(int)stream.Position..(int)stream.Length]);
    }

    private static MemoryStream Decompress(Stream gzipped, string name)
    {
        try
        {
            using var stream = new GZipStream(gzipped, CompressionMode.Decompress);
            var content = new MemoryStream();
            stream.CopyTo(content);
            content.Position = 0;
            return content;
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{name} is no intact gzip file ({error.Message}) Delete it and download it again.", error);
        }
    }

    private static int[] ReadSizes(Stream stream, string name)
    {
        var magic = Header(stream, name, 4);
        if (magic[0] != 0 || magic[1] != 0 || magic[2] != UnsignedByte)
            throw new InvalidDataException($"{name} starts with the bytes {Convert.ToHexString(magic)}; an IDX file of bytes starts with 000008 and the number of dimensions.");

        return [.. Enumerable.Range(0, magic[3]).Select(_ => BinaryPrimitives.ReadInt32BigEndian(Header(stream, name, 4)))];
    }

    private static byte[] Header(Stream stream, string name, int count)
    {
        var bytes = new byte[count];
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count
            ? bytes
            : throw new InvalidDataException($"{name} ends inside its header. Delete it and download it again.");
    }
}
