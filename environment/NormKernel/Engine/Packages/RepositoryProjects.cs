using System.Xml.Linq;

namespace NormKernel.Engine.Packages;

/// <summary>Package ids that are projects of the repository: lib/Id/Id.csproj.</summary>
public static class RepositoryProjects
{
    /// <summary>Set to 1, sessions take the projects as they were last built.</summary>
    public const string SkipBuildVariable = "NORMKERNEL_SKIP_BUILD";

    public static bool SkipBuild => Environment.GetEnvironmentVariable(SkipBuildVariable) == "1";

    /// <summary>The project file, or null where the repository has none of that name.</summary>
    public static string? Find(string? root, string id)
    {
        if (root is null)
            return null;

        var library = new DirectoryInfo(Path.Combine(root, "lib"));
        var folder = library.Exists ? library.EnumerateDirectories().FirstOrDefault(folder => folder.Name.Equals(id, StringComparison.OrdinalIgnoreCase)) : null;
        return folder is null ? null : folder.EnumerateFiles($"{folder.Name}.csproj").FirstOrDefault()?.FullName;
    }

    /// <summary>The ids of all of them.</summary>
    public static IReadOnlyList<string> All(string root)
    {
        var library = new DirectoryInfo(Path.Combine(root, "lib"));
        return library.Exists
            ? [.. library.EnumerateDirectories().Select(folder => folder.Name).Where(id => Find(root, id) is not null).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Restores and builds projects of the repository in one go, in the Release configuration.</summary>
    /// <param name="root">The repository's folder.</param>
    /// <param name="ids">Which projects; null means all below lib/.</param>
    /// <param name="log">Receives a line before the work starts, and what failed.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <returns>Whether all of them built.</returns>
    public static async Task<bool> Build(string root, IEnumerable<string>? ids, Action<string> log, CancellationToken cancellationToken = default)
    {
        var projects = (ids ?? All(root)).Select(id => Find(root, id) ?? throw new ArgumentException($"{root} has no project lib/{id}/{id}.csproj.", nameof(ids))).ToList();
        if (projects.Count == 0)
            return true;

        log($"Building {string.Join(", ", projects.Select(Path.GetFileNameWithoutExtension))} …");
        using var alone = await Lock(root, cancellationToken).ConfigureAwait(false);
        var file = Path.Combine(Folder(root), "build.proj");
        await File.WriteAllTextAsync(file, BuildAll(projects).ToString(), cancellationToken).ConfigureAwait(false);
        var (exitCode, output) = await DotnetCommand.Run(root, ["msbuild", file, .. MSBuildOptions.All], cancellationToken).ConfigureAwait(false);
        if (exitCode != 0)
        {
            foreach (var line in BuildErrors.In(output))
                log(line);
        }

        return exitCode == 0;
    }

    /// <summary>Restores and builds write into the projects' folders: one at a time for a repository.</summary>
    internal static Task<IDisposable> Lock(string root, CancellationToken cancellationToken) => CacheFolder.Lock(Folder(root), cancellationToken);

    private static string Folder(string root) => CacheFolder.Of("build", CacheFolder.Key(Path.GetFullPath(root)));

    // Restore and Build need evaluations of their own, which differing global properties give them.
    private static XElement BuildAll(IEnumerable<string> projects) => new(
        "Project",
        new XAttribute("DefaultTargets", "Build"),
        new XElement("ItemGroup", projects.Select(project => new XElement("Library", new XAttribute("Include", project)))),
        new XElement(
            "Target",
            new XAttribute("Name", "Build"),
            new XElement("MSBuild", new XAttribute("Projects", "@(Library)"), new XAttribute("Targets", "Restore"), new XAttribute("Properties", "Configuration=Release;RestoreRun=1")),
            new XElement("MSBuild", new XAttribute("Projects", "@(Library)"), new XAttribute("Targets", "Build"), new XAttribute("Properties", "Configuration=Release"))));
}
