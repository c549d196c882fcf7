using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NormKernel.Engine.Packages;

/// <summary>
/// Copies of built assemblies in folders that are named by content: a file that is loaded and then overwritten by the next
/// build would end the process.
/// </summary>
public static class ShadowCopy
{
    private static readonly string[] Extensions = [".dll", ".pdb", ".xml", ".json", ".so", ".dylib"];

    /// <summary>Copies an assembly with what lies beside it, and returns the copy's path.</summary>
    public static string Of(string assembly)
    {
        var folder = Path.GetDirectoryName(assembly)!;
        var files = Files(folder).Order(StringComparer.Ordinal).ToList();
        var copy = CacheFolder.Of("shadow", CacheFolder.Key(files.Select(file => Path.GetRelativePath(folder, file) + Hash(file))));
        if (!Directory.Exists(copy))
            Publish(folder, files, copy);

        return Path.Combine(copy, Path.GetFileName(assembly));
    }

    /// <summary>The native libraries beside an assembly, or below it in this platform's folder.</summary>
    public static IEnumerable<string> Natives(string assembly) =>
        Files(Path.GetDirectoryName(assembly)!).Where(file => Path.GetExtension(file) is ".so" or ".dylib" || Path.GetFileName(Path.GetDirectoryName(file)) == "native");

    private static IEnumerable<string> Files(string folder)
    {
        var natives = Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        var beside = Directory.EnumerateFiles(folder).Where(file => Extensions.Contains(Path.GetExtension(file).ToLowerInvariant()));
        return Directory.Exists(natives) ? beside.Concat(Directory.EnumerateFiles(natives)) : beside;
    }

    private static string Hash(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexString(SHA256.HashData(stream));
    }

    // Another process may copy the same files: each fills a folder of its own, and the first to rename it wins.
    private static void Publish(string folder, IEnumerable<string> files, string copy)
    {
        var draft = $"{copy}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}";
        foreach (var file in files)
        {
            var target = Path.Combine(draft, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }

        try
        {
            Directory.Move(draft, copy);
        }
        catch (IOException) when (Directory.Exists(copy))
        {
            Directory.Delete(draft, recursive: true);
        }
    }
}
