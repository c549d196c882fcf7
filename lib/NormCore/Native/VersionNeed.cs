using System.Buffers.Binary;
using System.Text;

namespace NormCore.Native;

/// <summary>Makes a Linux library loadable on a libstdc++ that lacks GLIBCXX_3.4.32.</summary>
/// <remarks>
/// TorchSharp's library is built with GCC 13, which marks every file that includes iostream with the symbol
/// _ZSt21ios_base_library_initv of that version. Nothing calls it, so the loader may take the version as optional: the flag
/// VER_FLG_WEAK of its entry in .gnu.version_r (System V ABI, Linux Standard Base 5.0, section 10.7.2).
/// </remarks>
internal static class VersionNeed
{
    public const string Version = "GLIBCXX_3.4.32";

    private const uint SectionOfNeeds = 0x6ffffffe;
    private const ushort WeakFlag = 2;

    /// <summary>True when the loader refused a file because this version is missing.</summary>
    public static bool Explains(Exception refusal) => refusal.Message.Contains(Version, StringComparison.Ordinal);

    /// <summary>Flags the need for <see cref="Version"/> as weak, in place.</summary>
    /// <returns>How many entries were flagged: 0 when the file is no little-endian 64-bit ELF file or needs no such version.</returns>
    public static int Weaken(Span<byte> elf)
    {
        var flagged = 0;
        foreach (var entry in Entries(elf))
        {
            var flags = elf.Slice(entry + 4, 2);
            BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | WeakFlag));
            flagged++;
        }
        return flagged;
    }

    /// <summary>Offsets of the Vernaux entries that name the version.</summary>
    private static List<int> Entries(ReadOnlySpan<byte> elf)
    {
        var found = new List<int>();
        if (!IsElf64(elf)) return found;
        var (table, size, count) = ((int)U64(elf, 40), U16(elf, 58), U16(elf, 60));
        for (var i = 0; i < count; i++)
        {
            var section = table + i * size;
            if (U32(elf, section + 4) != SectionOfNeeds) continue;
            var stringSection = table + (int)U32(elf, section + 40) * size;
            Collect(elf, need: (int)U64(elf, section + 24), strings: (int)U64(elf, stringSection + 24), found);
        }
        return found;
    }

    // Verneed: version u16, count u16, file u32, aux u32, next u32. Vernaux: hash u32, flags u16, other u16, name u32, next u32.
    private static void Collect(ReadOnlySpan<byte> elf, int need, int strings, List<int> found)
    {
        for (uint step = uint.MaxValue; step != 0; need += (int)step)
        {
            var entry = need + (int)U32(elf, need + 8);
            for (var left = U16(elf, need + 2); left > 0; left--)
            {
                if (NameAt(elf, strings + (int)U32(elf, entry + 8)) == Version) found.Add(entry);
                entry += (int)U32(elf, entry + 12);
            }
            step = U32(elf, need + 12);
        }
    }

    private static bool IsElf64(ReadOnlySpan<byte> elf) =>
        elf.Length >= 64 && elf[..4].SequenceEqual("\u007fELF"u8) && elf[4] == 2 && elf[5] == 1;

    private static string NameAt(ReadOnlySpan<byte> elf, int start) =>
        Encoding.ASCII.GetString(elf.Slice(start, elf[start..].IndexOf((byte)0)));

    private static ushort U16(ReadOnlySpan<byte> elf, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(elf[offset..]);

    private static uint U32(ReadOnlySpan<byte> elf, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(elf[offset..]);

    private static ulong U64(ReadOnlySpan<byte> elf, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(elf[offset..]);
}
