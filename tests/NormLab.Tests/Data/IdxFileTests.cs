using System.IO.Compression;
using NormLab.Data;

namespace NormLab.Tests.Data;

public class IdxFileTests
{
    private static readonly byte[] TwoByThree = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 11, 12, 13, 14, 15];

    [Fact]
    public void Sizes_and_values_are_read()
    {
        var file = Read(TwoByThree);
        Assert.Equal([2, 3], file.Sizes);
        Assert.Equal([10, 11, 12, 13, 14, 15], file.Values);
    }

    [Theory]
    [InlineData(2, "ends inside its header")]
    [InlineData(9, "ends inside its header")]
    [InlineData(15, "cut short: its header promises 2×3 = 6 values and 3 are there")]
    public void A_truncated_file_is_explained(int length, string explanation) =>
        Assert.Contains(explanation, Assert.Throws<InvalidDataException>(() => Read(TwoByThree[..length])).Message);

    [Fact]
    public void A_file_with_more_than_it_promises_is_refused() =>
        Assert.Contains("too long", Assert.Throws<InvalidDataException>(() => Read([.. TwoByThree, 1])).Message);

    [Fact]
    public void A_file_of_another_type_is_refused() =>
        Assert.Contains("00000D02", Assert.Throws<InvalidDataException>(() => Read([0, 0, 13, .. TwoByThree[3..]])).Message);

    [Fact]
    public void A_page_of_html_is_no_gzip_file() =>
        Assert.Contains("no intact gzip file", Assert.Throws<InvalidDataException>(() => IdxFile.Read(new MemoryStream("<html>"u8.ToArray()), "images.gz")).Message);

    [Fact]
    public void A_damaged_gzip_file_is_refused()
    {
        var gzipped = Gzip(new byte[1000]);
        Assert.Throws<InvalidDataException>(() => IdxFile.Read(new MemoryStream(gzipped[..^12]), "images.gz"));
    }

    private static IdxFile Read(byte[] content) => IdxFile.Read(new MemoryStream(Gzip(content)), "images.gz");

    private static byte[] Gzip(byte[] content)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
            gzip.Write(content);
        return stream.ToArray();
    }
}
