using System.Text;

namespace NormKernel.Site;

/// <summary>Writes a site beside its place and swaps it in when it is whole, so that an interrupted build leaves the old one.</summary>
internal static class SiteFolder
{
    /// <summary>What our index pages name as their generator: a folder with one may be replaced, any other may not.</summary>
    public const string Generator = "NormKernel";

    public static void Replace(string folder, IReadOnlyDictionary<string, byte[]> files)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        RequireOurs(folder);

        var fresh = folder + ".new";
        var old = folder + ".old";
        Delete(fresh);
        Delete(old);
        foreach (var (path, content) in files)
        {
            var target = Path.Combine(fresh, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, content);
        }

        if (Directory.Exists(folder))
            Directory.Move(folder, old);
        Directory.Move(fresh, folder);
        Delete(old);
    }

    private static void RequireOurs(string folder)
    {
        if (File.Exists(folder))
            throw new IOException($"The site is to be a folder, but {folder} is a file. Name a folder that is new, empty or an earlier site.");
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
            return;

        var index = Path.Combine(folder, "index.html");
        var ours = File.Exists(index) && File.ReadAllText(index, Encoding.UTF8).Contains($"<meta name=\"generator\" content=\"{Generator}\">", StringComparison.Ordinal);
        if (!ours)
            throw new IOException($"{folder} holds files that no site build wrote, and a build replaces the whole folder. Name a folder that is new, empty or an earlier site.");
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
