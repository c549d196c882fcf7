using NormKernel.Notebooks;

namespace NormKernel.Site.Pages;

/// <summary>Where a notebook's relative links lead on the site: to other pages, and to pictures that the page brings along.</summary>
internal sealed class PageLinks(string notebookPath, IReadOnlyDictionary<string, string> pages, PageFiles files, Action<string> log)
{
    private readonly string folder = Path.GetDirectoryName(Path.GetFullPath(notebookPath)) ?? "";

    public string Resolve(string address, bool isImage, Cell cell)
    {
        const string attachment = "attachment:";
        if (address.StartsWith(attachment, StringComparison.Ordinal))
            return Attachment(Uri.UnescapeDataString(address[attachment.Length..]), cell) ?? address;
        if (address.Length == 0 || address[0] == '#' || address.StartsWith("//", StringComparison.Ordinal) || Uri.TryCreate(address, UriKind.Absolute, out _))
            return address;

        var cut = address.IndexOfAny(['#', '?']);
        var (file, fragment) = cut < 0 ? (address, "") : (address[..cut], address[cut..]);
        var target = Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(file)));
        if (pages.TryGetValue(target, out var page))
            return page + fragment;
        if (isImage && File.Exists(target))
            return files.Add(File.ReadAllBytes(target), Path.GetExtension(target));

        log($"{Path.GetFileName(notebookPath)}: the {(isImage ? "picture" : "link")} {address} is no part of the site");
        return address;
    }

    private string? Attachment(string name, Cell cell)
    {
        var pictures = cell.Json["attachments"]?[name]?.AsObject();
        var picture = pictures?.FirstOrDefault(entry => entry.Key.StartsWith("image/", StringComparison.Ordinal));
        return picture?.Value is { } content ? files.AddBase64(MultilineText.Join(content), Path.GetExtension(name)) : null;
    }
}
