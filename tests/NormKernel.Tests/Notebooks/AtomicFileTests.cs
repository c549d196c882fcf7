using NormKernel.Notebooks;

namespace NormKernel.Tests.Notebooks;

public class AtomicFileTests
{
    [Fact]
    public void A_failure_half_way_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TempFolder();
        var path = folder["a.ipynb"];
        File.WriteAllText(path, "old");

        var problem = Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half of the n"u8);
            throw new IOException("No space left on device");
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal($"could not write {path}: No space left on device; the file there is as it was before", problem.Message);
    }

    [Fact]
    public void A_folder_that_is_gone_is_named()
    {
        using var folder = new TempFolder();
        var path = folder["gone", "a.ipynb"];

        var problem = Assert.Throws<IOException>(() => AtomicFile.Write(path, stream => stream.Write("new"u8)));

        Assert.StartsWith($"could not write {path}: ", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith("nothing was written", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_protected_file_stays_as_it_is()
    {
        using var folder = new TempFolder();
        var path = folder["a.ipynb"];
        File.WriteAllText(path, "old");
        File.SetAttributes(path, FileAttributes.ReadOnly);

        var problem = Assert.Throws<IOException>(() => AtomicFile.Write(path, stream => stream.Write("new"u8)));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Contains("write-protected", problem.Message, StringComparison.Ordinal);
        File.SetAttributes(path, FileAttributes.Normal);
    }

    [Fact]
    public void A_folder_that_may_not_be_written_leaves_the_old_file()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
            Assert.Skip("needs Unix permissions, and a user whom they bind");
        else
            WriteInProtectedFolder();
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void WriteInProtectedFolder()
    {
        using var folder = new TempFolder();
        var path = folder["a.ipynb"];
        File.WriteAllText(path, "old");
        var mode = File.GetUnixFileMode(folder.Path);
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            var problem = Assert.Throws<IOException>(() => AtomicFile.Write(path, stream => stream.Write("new"u8)));
            Assert.Contains(path, problem.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(folder.Path, mode);
        }

        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void Permissions_are_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix permissions");
        using var folder = new TempFolder();
        var path = folder["a.ipynb"];
        File.WriteAllText(path, "old");
#pragma warning disable CA1416 // skipped on Windows above
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        File.SetUnixFileMode(path, mode);

        AtomicFile.Write(path, stream => stream.Write("new"u8));

        Assert.Equal(mode, File.GetUnixFileMode(path));
#pragma warning restore CA1416
        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void A_link_stays_a_link_and_its_target_is_written()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        using var folder = new TempFolder();
        File.WriteAllText(folder["target.ipynb"], "old");
        File.CreateSymbolicLink(folder["link.ipynb"], folder["target.ipynb"]);

        AtomicFile.Write(folder["link.ipynb"], stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(folder["target.ipynb"]));
        Assert.NotNull(new FileInfo(folder["link.ipynb"]).LinkTarget);
    }
}
