using System.IO.Compression;
using static TorchSharp.torch;

namespace NormCore.Tests.StateDicts;

public class RefusedFilesTests
{
    [Theory]
    [InlineData("attack.pt", "posix.system")]
    [InlineData("whole_module.pt", "torch.nn.modules.linear.Linear")]
    [InlineData("legacy.pt", "before 1.6")]
    [InlineData("protocol4.pt", "protocol 4")]
    [InlineData("plain.safetensors", "does not start as a zip archive")]
    public void A_file_that_is_no_state_dict_is_refused_by_name(string file, string reason)
    {
        var message = Assert.Throws<InvalidDataException>(() => PyTorchState.Read(StateFiles.Path(file))).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains(file, message, StringComparison.Ordinal);
        Assert.False(File.Exists("this_ran"));
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var whole = File.ReadAllBytes(StateFiles.Path("cases.pt"));
        for (var length = 0; length < whole.Length; length += 97)
            StateFiles.With(whole[..length], path => Assert.Throws<InvalidDataException>(() => PyTorchState.Read(path)));
    }

    [Fact]
    public void A_pickle_with_any_byte_changed_is_read_or_refused_but_never_believed_beyond_its_storages()
    {
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
            StateFiles.With(WithChangedPickle(random), path =>
            {
                try
                {
                    using var scope = NewDisposeScope();
                    foreach (var tensor in PyTorchState.Read(path).Values) tensor.contiguous();
                }
                catch (Exception e) when (e is InvalidDataException or ArgumentException)
                {
                    // Refused, with a managed exception: that is what is asked for.
                }
            });
    }

    [Fact]
    public void A_storage_shorter_than_its_tensors_is_refused() =>
        StateFiles.With(Changed("cases/data/0", bytes => bytes[..^1]), path =>
            Assert.Contains("storage 0", Assert.Throws<InvalidDataException>(() => PyTorchState.Read(path)).Message, StringComparison.Ordinal));

    [Fact]
    public void A_checkpoint_says_under_which_name_the_state_dict_may_be()
    {
        var path = StateFiles.Path("shared.pt");
        var message = Assert.Throws<ArgumentException>(() => PyTorchState.Read(path)).Message;
        Assert.Contains("'state_dict' (a dictionary of 14)", message, StringComparison.Ordinal);
        Assert.Contains("state_dict, example", Assert.Throws<ArgumentException>(() => PyTorchState.Read(path, "model")).Message, StringComparison.Ordinal);
    }

    private static byte[] WithChangedPickle(Random random) => Changed("cases/data.pkl", bytes =>
    {
        bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    });

    /// <summary>cases.pt with one of its parts changed.</summary>
    private static byte[] Changed(string part, Func<byte[], byte[]> change)
    {
        using var source = ZipFile.OpenRead(StateFiles.Path("cases.pt"));
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var entry in source.Entries)
            {
                using var bytes = new MemoryStream();
                using (var stream = entry.Open()) stream.CopyTo(bytes);
                using var written = zip.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
                written.Write(entry.FullName == part ? change(bytes.ToArray()) : bytes.ToArray());
            }
        return target.ToArray();
    }
}
