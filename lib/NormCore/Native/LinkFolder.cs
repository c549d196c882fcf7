using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace NormCore.Native;

/// <summary>A folder of links that puts the native files of several packages side by side, without copying them.</summary>
/// <remarks>
/// The folder's name is a hash of what is in it and it appears by one rename, so processes that start together cannot see or
/// use a half-made one.
/// </remarks>
[SupportedOSPlatform("linux")]
internal static class LinkFolder
{
    /// <summary>Links to all files.</summary>
    public static TorchFiles Of(TorchFiles files) => Make(files, repaired: null);

    /// <summary>Links to all files but TorchSharp's library, which is a copy that does not insist on GLIBCXX_3.4.32 (2 MB).</summary>
    public static TorchFiles WithWeakVersionNeed(TorchFiles files)
    {
        var library = File.ReadAllBytes(files.Paths[TorchFiles.TorchSharpLibrary]);
        VersionNeed.Weaken(library);
        return Make(files, library);
    }

    private static TorchFiles Make(TorchFiles files, byte[]? repaired)
    {
        try
        {
            return MakeUnder(UserCache(), files, repaired);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A home that cannot be written, or none: a fresh folder for this process alone.
            return MakeUnder(Directory.CreateTempSubdirectory("normcore-").FullName, files, repaired);
        }
    }

    internal static TorchFiles MakeUnder(string root, TorchFiles files, byte[]? repaired)
    {
        var folder = Path.Combine(root, Key(files, repaired));
        if (!Directory.Exists(folder)) Publish(files, repaired, root, folder);
        return new TorchFiles(files.Paths.Keys.ToDictionary(name => name, name => Path.Combine(folder, name)));
    }

    private static void Publish(TorchFiles files, byte[]? repaired, string root, string folder)
    {
        var draft = Directory.CreateDirectory(Path.Combine(root, $"draft-{Guid.NewGuid():N}")).FullName;
        foreach (var (name, path) in files.Paths)
        {
            if (repaired is not null && name == TorchFiles.TorchSharpLibrary) File.WriteAllBytes(Path.Combine(draft, name), repaired);
            else File.CreateSymbolicLink(Path.Combine(draft, name), path);
        }

        try
        {
            Directory.Move(draft, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(draft, recursive: true);
        }
    }

    private static string Key(TorchFiles files, byte[]? repaired)
    {
        // The repaired library counts by its content, so that programs that bring their own copy share one.
        var linked = files.Paths.Where(file => repaired is null || file.Key != TorchFiles.TorchSharpLibrary);
        var links = string.Join('\n', linked.Select(file => file.Value).Order(StringComparer.Ordinal));
        byte[] content = [.. Encoding.UTF8.GetBytes(links), .. SHA256.HashData(repaired ?? [])];
        return Convert.ToHexStringLower(SHA256.HashData(content))[..16];
    }

    // Private: what lies here is executed.
    private static string UserCache()
    {
        var cache = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (cache.Length == 0) throw new DirectoryNotFoundException("This user has no cache folder.");
        var root = Path.Combine(cache, "NormNotebooks", "native");
        return Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }
}
