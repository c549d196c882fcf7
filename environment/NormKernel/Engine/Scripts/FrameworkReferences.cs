using Microsoft.CodeAnalysis;

namespace NormKernel.Engine.Scripts;

/// <summary>The framework's assemblies as cells compile against them, by simple name.</summary>
public static class FrameworkReferences
{
    /// <summary>
    /// The targeting pack where the SDK has one (its assemblies hold no code: half the memory, and they come with
    /// documentation), else the runtime's own assemblies. Never what this program itself brings along.
    /// </summary>
    public static Dictionary<string, PortableExecutableReference> Load()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var folder = TargetingPack(runtime);
        var files = folder is null ? TrustedAssemblies(runtime) : Directory.EnumerateFiles(folder, "*.dll");
        return files.ToDictionary(file => Path.GetFileNameWithoutExtension(file), Reference, StringComparer.OrdinalIgnoreCase);
    }

    private static PortableExecutableReference Reference(string file) =>
        MetadataReference.CreateFromFile(file, documentation: XmlDocumentationProvider.CreateFromFile(Path.ChangeExtension(file, ".xml")));

    private static string? TargetingPack(string runtime)
    {
        var major = Environment.Version.Major;
        var pack = new DirectoryInfo(Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        if (!pack.Exists)
            return null;

        return pack.EnumerateDirectories($"{major}.*")
            .Select(version => (Folder: Path.Combine(version.FullName, "ref", $"net{major}.0"), Order: Version.TryParse(version.Name, out var number) ? number : new Version(major, 0)))
            .Where(candidate => Directory.Exists(candidate.Folder))
            .OrderByDescending(candidate => candidate.Order)
            .Select(candidate => candidate.Folder)
            .FirstOrDefault();
    }

    private static IEnumerable<string> TrustedAssemblies(string runtime) =>
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(file => Path.GetDirectoryName(file) == runtime);
}
