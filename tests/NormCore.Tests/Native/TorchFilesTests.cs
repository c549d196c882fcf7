using NormCore.Native;

namespace NormCore.Tests.Native;

public class TorchFilesTests
{
    private static string[] Needed => [.. TorchFiles.InLoadOrder("cpu")];

    [Fact]
    public void Each_file_is_taken_from_the_first_folder_that_has_it()
    {
        using var temporary = new TemporaryFolder();
        var first = temporary.Folder("first", Needed[0], "readme.txt");
        var second = temporary.Folder("second", Needed);
        var files = TorchFiles.FindIn([Path.Combine(temporary.Root, "absent"), first, second], "cpu").Paths;
        Assert.Equal(Path.Combine(first, Needed[0]), files[Needed[0]]);
        Assert.Equal(Path.Combine(second, Needed[1]), files[Needed[1]]);
        Assert.DoesNotContain("readme.txt", files.Keys);
    }

    [Fact]
    public void What_is_missing_is_said_with_the_folders_and_the_remedy()
    {
        using var temporary = new TemporaryFolder();
        var folder = temporary.Folder("half", Needed[0]);
        var absent = Path.Combine(temporary.Root, "absent");
        var message = Assert.Throws<DllNotFoundException>(() => TorchFiles.FindIn([folder, absent], "cpu")).Message;
        Assert.Contains($"cannot find {string.Join(", ", Needed[1..])}", message, StringComparison.Ordinal);
        Assert.Contains(folder, message, StringComparison.Ordinal);
        Assert.Contains($"{absent}  (does not exist)", message, StringComparison.Ordinal);
        Assert.Contains("TorchSharp-cpu", message, StringComparison.Ordinal);
        Assert.Contains("NORM_LIBTORCH", message, StringComparison.Ordinal);
        Assert.Contains("-p:TorchBackend=cuda", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_library_is_refused_by_its_name()
    {
        using var temporary = new TemporaryFolder();
        var files = TorchFiles.FindIn([temporary.Folder("text", Needed)], "cpu");
        var message = Assert.Throws<DllNotFoundException>(() => LibraryLoader.Load(files, "cpu")).Message;
        Assert.Contains(files.Paths[Needed[0]], message, StringComparison.Ordinal);
    }
}
