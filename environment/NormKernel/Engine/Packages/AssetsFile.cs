using System.Text.Json;

namespace NormKernel.Engine.Packages;

/// <summary>Reads project.assets.json, in which NuGet leaves what it resolved.</summary>
public static class AssetsFile
{
    /// <param name="file">Its path.</param>
    /// <param name="projectFile">The built assembly of this file name, for libraries that are projects.</param>
    public static PackageAssets Read(string file, Func<string, string> projectFile)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var root = document.RootElement;
        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        var libraries = root.GetProperty("libraries");
        var (compile, runtime, native) = (new List<string>(), new List<string>(), new List<string>());

        // The target of this platform is the one whose name carries the runtime identifier.
        var target = root.GetProperty("targets").EnumerateObject().Last(candidate => candidate.Name.Contains('/'));
        foreach (var library in target.Value.EnumerateObject())
        {
            var isProject = library.Value.GetProperty("type").GetString() == "project";
            var place = isProject ? "" : PackageFolder(folders, libraries.GetProperty(library.Name).GetProperty("path").GetString()!);
            IEnumerable<string> Files(string kind) => Entries(library.Value, kind)
                .Select(entry => isProject ? projectFile(Path.GetFileName(entry)) : Path.GetFullPath(Path.Combine(place, entry)));
            compile.AddRange(Files("compile"));
            runtime.AddRange(Files("runtime"));
            native.AddRange(Files("native"));
        }

        return new(compile, runtime, native);
    }

    private static string PackageFolder(IEnumerable<string> folders, string path) =>
        folders.Select(folder => Path.Combine(folder, path)).FirstOrDefault(Directory.Exists)
        ?? throw new CellException("PackageError", $"The package {path} was restored before and is gone from the package folder since; delete {CacheFolder.Root} and run again.");

    // _._ says that there is nothing on purpose.
    private static IEnumerable<string> Entries(JsonElement library, string kind) =>
        library.TryGetProperty(kind, out var entries)
            ? entries.EnumerateObject().Select(entry => entry.Name).Where(name => Path.GetFileName(name) != "_._" && (kind == "native" || name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)))
            : [];
}
