using System.Runtime.Versioning;
using NormCore.Native;

namespace NormCore.Tests.Native;

[SupportedOSPlatform("linux")]
public class LinkFolderTests
{
    [Fact]
    public async Task Many_at_once_make_one_complete_folder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links are used on Linux only");
        using var temporary = new TemporaryFolder();
        string[] needed = [.. TorchFiles.InLoadOrder("cpu")];
        var files = TorchFiles.FindIn([temporary.Folder("package", needed)], "cpu");
        var cache = temporary.Folder("cache");
        byte[] repaired = [1, 2, 3];

        var folders = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => LinkFolder.MakeUnder(cache, files, repaired))));

        var folder = Assert.Single(Directory.GetDirectories(cache));
        Assert.All(folders, linked => Assert.Equal(Path.Combine(folder, needed[0]), linked.Paths[needed[0]]));
        Assert.Equal(repaired, await File.ReadAllBytesAsync(Path.Combine(folder, TorchFiles.TorchSharpLibrary), TestContext.Current.CancellationToken));
        Assert.Equal(files.Paths[needed[0]], new FileInfo(Path.Combine(folder, needed[0])).LinkTarget);
    }

    [Fact]
    public void Other_content_gets_another_folder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links are used on Linux only");
        using var temporary = new TemporaryFolder();
        var files = TorchFiles.FindIn([temporary.Folder("package", [.. TorchFiles.InLoadOrder("cpu")])], "cpu");
        var cache = temporary.Folder("cache");
        LinkFolder.MakeUnder(cache, files, [1]);
        LinkFolder.MakeUnder(cache, files, [2]);
        LinkFolder.MakeUnder(cache, files, null);
        Assert.Equal(3, Directory.GetDirectories(cache).Length);
    }
}
