using System.Security.Cryptography;
using NormLab.Data;

namespace NormLab.Tests.Data;

public sealed class DownloadTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7 % 251))];
    private static readonly DataFile File = new("images.gz", Convert.ToHexStringLower(SHA256.HashData(Content)));
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Final => Path.Combine(folder.Path, File.Name);

    private string Part => $"{Final}.part";

    [Fact]
    public void A_file_is_fetched_and_leaves_no_part()
    {
        using var server = new FileServer(Content);
        Fetch(server.Address);
        Assert.Equal(Content, System.IO.File.ReadAllBytes(Final));
        Assert.False(System.IO.File.Exists(Part));
    }

    [Fact]
    public void A_broken_off_download_goes_on_where_it_ended()
    {
        using var server = new FileServer(Content);
        System.IO.File.WriteAllBytes(Part, Content[..60_000]);
        Fetch(server.Address);
        Assert.Equal(Content, System.IO.File.ReadAllBytes(Final));
        Assert.Equal(40_000, server.BytesSent);
    }

    [Fact]
    public void A_part_that_is_already_whole_is_kept()
    {
        using var server = new FileServer(Content);
        System.IO.File.WriteAllBytes(Part, Content);
        Fetch(server.Address);
        Assert.Equal(Content, System.IO.File.ReadAllBytes(Final));
        Assert.Equal(0, server.BytesSent);
    }

    [Fact]
    public void A_server_that_ignores_ranges_sends_the_file_anew()
    {
        using var server = new FileServer(Content, ranges: false);
        System.IO.File.WriteAllBytes(Part, Content[..60_000]);
        Fetch(server.Address);
        Assert.Equal(Content, System.IO.File.ReadAllBytes(Final));
    }

    [Fact]
    public void A_wrong_hash_leaves_no_file_behind()
    {
        using var server = new FileServer(Content[1..]);
        var error = Assert.Throws<HttpRequestException>(() => Fetch(server.Address));
        Assert.Contains(File.Sha256, error.Message);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public void The_second_address_is_tried_when_the_first_does_not_answer()
    {
        using var server = new FileServer(Content);
        Fetch(Nobody(), server.Address);
        Assert.Equal(Content, System.IO.File.ReadAllBytes(Final));
    }

    [Fact]
    public void Without_a_network_the_error_names_every_address()
    {
        var error = Assert.Throws<HttpRequestException>(() => Fetch(Nobody(), Nobody()));
        Assert.Equal(2, error.Message.Split("127.0.0.1: ").Length - 1);
    }

    private static Uri Nobody() => new($"http://127.0.0.1:{FileServer.FreePort()}/");

    private void Fetch(params Uri[] addresses) => new Download(addresses, TimeSpan.FromSeconds(2)).Fetch(File, folder.Path);
}
