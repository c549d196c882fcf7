using System.Globalization;

namespace NormKernel.Site.Pages;

/// <summary>The pictures that a page brings along, as files beside it: pages stay small and pictures load when they are near.</summary>
public sealed class PageFiles(string slug)
{
    private readonly Dictionary<string, byte[]> files = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, byte[]> All => files;

    /// <summary>Keeps the bytes and returns their address, seen from the page.</summary>
    public string Add(byte[] content, string extension)
    {
        var known = files.FirstOrDefault(file => file.Key.EndsWith(extension, StringComparison.Ordinal) && file.Value.AsSpan().SequenceEqual(content)).Key;
        var path = known ?? string.Create(CultureInfo.InvariantCulture, $"images/{slug}-{files.Count + 1}{extension}");
        files[path] = content;
        return path;
    }

    public string? AddBase64(string text, string extension)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? Add(bytes[..count], extension) : null;
    }
}
