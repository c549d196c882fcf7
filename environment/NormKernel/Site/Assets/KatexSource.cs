namespace NormKernel.Site.Assets;

/// <summary>
/// Finds KaTeX, which no NuGet package carries: in the cache, else as the system has it installed, else downloaded into
/// the cache, else linked.
/// </summary>
/// <param name="cacheFolder">Where a download is kept; a file in it counts only with the right hash.</param>
/// <param name="systemFolders">Where a system may have KaTeX, of whatever 0.16 release.</param>
/// <param name="download">Fetches one file of the release, or null where there is no network.</param>
internal sealed class KatexSource(string cacheFolder, IReadOnlyList<string> systemFolders, Func<Uri, CancellationToken, Task<byte[]?>> download)
{
    private static readonly string[] SystemFolders = ["/usr/share/javascript/katex", "/usr/share/nodejs/katex/dist", "/usr/local/share/katex"];

    /// <summary>The repository's cache when there is a repository, else the user's.</summary>
    public static KatexSource Default(string? repository) => new(
        Path.Combine(
            repository is null ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "NormKernel") : Path.Combine(repository, "artifacts", "cache"),
            $"katex-{KatexRelease.Version}"),
        SystemFolders,
        FileDownload.Get);

    public async Task<KatexAssets> Find(Action<string> log, CancellationToken cancellation)
    {
        if (Cached() is { } cached)
            return KatexAssets.Local(cached);
        if (systemFolders.Select(Installed).FirstOrDefault(files => files is not null) is { } installed)
            return KatexAssets.Local(installed);
        if (await Downloaded(cancellation) is { } downloaded)
            return KatexAssets.Local(downloaded);

        log($"KaTeX {KatexRelease.Version} is neither in {cacheFolder} nor installed, and could not be downloaded: formulas of the site need the network, and show as source without it.");
        return KatexAssets.Linked(KatexRelease.Address);
    }

    private Dictionary<string, byte[]>? Cached()
    {
        var files = KatexRelease.Files.Keys.Where(path => File.Exists(Path.Combine(cacheFolder, path)))
            .ToDictionary(path => path, path => File.ReadAllBytes(Path.Combine(cacheFolder, path)), StringComparer.Ordinal);
        return files.Count == KatexRelease.Files.Count && files.All(file => KatexRelease.Holds(file.Key, file.Value)) ? files : null;
    }

    private static Dictionary<string, byte[]>? Installed(string folder)
    {
        var fonts = Path.Combine(folder, "fonts");
        string[] needed = ["katex.min.css", "katex.min.js"];
        if (!Directory.Exists(fonts) || !needed.All(name => File.Exists(Path.Combine(folder, name))))
            return null;

        var files = needed.ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(folder, name)), StringComparer.Ordinal);
        foreach (var font in Directory.EnumerateFiles(fonts, "*.woff2"))
            files[$"fonts/{Path.GetFileName(font)}"] = File.ReadAllBytes(font);
        return files.Count > needed.Length ? files : null;
    }

    private async Task<Dictionary<string, byte[]>?> Downloaded(CancellationToken cancellation)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var path in KatexRelease.Files.Keys)
        {
            if (await download(new Uri(KatexRelease.Address, path), cancellation) is not { } content || !KatexRelease.Holds(path, content))
                return null;
            files[path] = content;
        }

        foreach (var (path, content) in files)
        {
            var target = Path.Combine(cacheFolder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync(target, content, cancellation);
        }

        return files;
    }
}
