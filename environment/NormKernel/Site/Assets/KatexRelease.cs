using System.Security.Cryptography;
using System.Text;

namespace NormKernel.Site.Assets;

/// <summary>The release of KaTeX that the site is made for: its files, known by their SHA-256, and where they can be had.</summary>
internal static class KatexRelease
{
    public const string Version = "0.16.22";

    public static readonly Uri Address = new($"https://cdn.jsdelivr.net/npm/katex@{Version}/dist/");

    /// <summary>SHA-256 (lower-case hexadecimal) by path: style sheet, script, and the woff2 fonts, which every browser of today reads.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } =
        Encoding.UTF8.GetString(EmbeddedAsset.Read($"katex-{Version}.sha256"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split("  ", 2))
            .ToDictionary(parts => parts[1].Trim(), parts => parts[0], StringComparer.Ordinal);

    public static bool Holds(string path, byte[] content) =>
        Files.TryGetValue(path, out var hash) && Convert.ToHexStringLower(SHA256.HashData(content)) == hash;
}
