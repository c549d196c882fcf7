using System.Buffers.Binary;
using System.Text;
using NormCore.Native;

namespace NormCore.Tests.Native;

public class VersionNeedTests
{
    private const int FirstEntry = 0x90;

    [Fact]
    public void Only_the_entry_of_the_one_version_is_flagged()
    {
        var elf = Elf("GLIBCXX_3.4.11", VersionNeed.Version);
        var original = elf.ToArray();
        Assert.Equal(1, VersionNeed.Weaken(elf));
        var changed = Enumerable.Range(0, elf.Length).Where(i => elf[i] != original[i]).ToArray();
        Assert.Equal([FirstEntry + 16 + 4], changed);
        Assert.Equal(2, elf[changed[0]]);
    }

    [Fact]
    public void Weakening_twice_is_weakening_once()
    {
        var once = Elf(VersionNeed.Version);
        VersionNeed.Weaken(once);
        var twice = once.ToArray();
        VersionNeed.Weaken(twice);
        Assert.Equal(once, twice);
    }

    [Fact]
    public void A_file_without_that_need_stays_as_it_is()
    {
        var elf = Elf("GLIBCXX_3.4.11", "GLIBCXX_3.4.3");
        var original = elf.ToArray();
        Assert.Equal(0, VersionNeed.Weaken(elf));
        Assert.Equal(original, elf);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MZ this is no ELF file, and it is long enough to have a header of sixty-four bytes")]
    public void Other_files_stay_as_they_are(string content) => Assert.Equal(0, VersionNeed.Weaken(Encoding.ASCII.GetBytes(content)));

    [Fact]
    public void The_library_of_this_TorchSharp_has_the_need_at_most_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "version needs are a Linux matter");
        var context = SearchContext.OfThisProcess();
        var library = TorchFiles.FindIn(SearchFolders.Of(context), context.Backend).Paths[TorchFiles.TorchSharpLibrary];
        Assert.InRange(VersionNeed.Weaken(File.ReadAllBytes(library)), 0, 1);
    }

    // A minimal ELF64 image: header, one .gnu.version_r with a single Verneed, its string table, the section headers.
    private static byte[] Elf(params string[] versions)
    {
        const int Need = 0x80, Strings = 0x100, Sections = 0x200;
        var elf = new byte[Sections + 3 * 64];
        "\u007fELF"u8.CopyTo(elf);
        (elf[4], elf[5]) = (2, 1);
        U64(elf, 40, Sections);
        U16(elf, 58, 64);
        U16(elf, 60, 3);
        U32(elf, Sections + 64 + 4, 0x6ffffffe);
        U64(elf, Sections + 64 + 24, Need);
        U32(elf, Sections + 64 + 40, 2);
        U64(elf, Sections + 128 + 24, Strings);
        U16(elf, Need + 2, (ushort)versions.Length);
        U32(elf, Need + 8, FirstEntry - Need);
        var name = 1;
        for (var i = 0; i < versions.Length; i++)
        {
            var entry = FirstEntry + 16 * i;
            U32(elf, entry + 8, (uint)name);
            U32(elf, entry + 12, i + 1 < versions.Length ? 16u : 0);
            name += Encoding.ASCII.GetBytes(versions[i], elf.AsSpan(Strings + name)) + 1;
        }
        return elf;
    }

    private static void U16(byte[] elf, int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(offset), value);

    private static void U32(byte[] elf, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(elf.AsSpan(offset), value);

    private static void U64(byte[] elf, int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(elf.AsSpan(offset), value);
}
