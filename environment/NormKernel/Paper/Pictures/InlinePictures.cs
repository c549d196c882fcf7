using NormKernel.Site.Pages;

namespace NormKernel.Paper.Pictures;

/// <summary>Puts the pictures of a text into the text, as data: a paper is one file.</summary>
internal static class InlinePictures
{
    public static string In(string html, PageFiles files)
    {
        foreach (var (path, content) in files.All)
            html = html.Replace($"src=\"{path}\"", $"src=\"data:{Type(path)};base64,{Convert.ToBase64String(content)}\"", StringComparison.Ordinal);
        return html;
    }

    private static string Type(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".svg" => "image/svg+xml",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        _ => "image/png",
    };
}
