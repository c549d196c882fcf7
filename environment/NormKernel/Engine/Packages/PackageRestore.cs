namespace NormKernel.Engine.Packages;

/// <summary>Turns requests for packages into files, through a restore whose result is kept by content.</summary>
public sealed class PackageRestore(string baseDirectory)
{
    // How long the answer to "the newest" stands.
    private static readonly TimeSpan FloatingLife = TimeSpan.FromHours(12);

    private readonly string? root = Repository.FindRoot(baseDirectory);

    /// <exception cref="CellException">A package cannot be had, or a project does not build; the lines say why.</exception>
    public PackageAssets Restore(IReadOnlyCollection<PackageRequest> requests, CancellationToken cancellationToken)
    {
        var projects = requests.Select(request => RepositoryProjects.Find(root, request.Id)).OfType<string>().ToList();
        var packages = requests.Where(request => RepositoryProjects.Find(root, request.Id) is null).ToList();
        var text = GeneratedProject.Text(root ?? baseDirectory, packages, projects);
        var folder = CacheFolder.Of("restore", CacheFolder.Key(projects.Count == 0 ? [text] : ProjectInputs.Of(root!).Prepend(text)));

        using var work = CacheFolder.Lock(folder, cancellationToken).GetAwaiter().GetResult();
        var build = projects.Count > 0 && !RepositoryProjects.SkipBuild;
        if (build || !IsFresh(folder, requests))
            Run(folder, text, build ? "BuildProjects" : "ListProjects", requests, cancellationToken);

        var outputs = File.ReadAllLines(Path.Combine(folder, GeneratedProject.OutputsFile)).Where(line => line.Length > 0).Select(Built).Select(ShadowCopy.Of).ToList();
        return AssetsFile.Read(Assets(folder), name => ProjectFile(outputs, name));
    }

    private static string Assets(string folder) => Path.Combine(folder, "obj", "project.assets.json");

    // The file of outputs is written last, so it stands for all.
    private static bool IsFresh(string folder, IEnumerable<PackageRequest> requests)
    {
        var done = new FileInfo(Path.Combine(folder, GeneratedProject.OutputsFile));
        return done.Exists && (!requests.Any(request => request.IsFloating) || DateTime.UtcNow - done.LastWriteTimeUtc < FloatingLife);
    }

    private void Run(string folder, string text, string target, IReadOnlyCollection<PackageRequest> requests, CancellationToken cancellationToken)
    {
        using var alone = RepositoryProjects.Lock(root ?? folder, cancellationToken).GetAwaiter().GetResult();
        GeneratedProject.WriteShields(folder);
        var project = Path.Combine(folder, "packages.csproj");
        var done = Path.Combine(folder, GeneratedProject.OutputsFile);
        File.WriteAllText(project, text);
        File.Delete(done);
        var (exitCode, output) = DotnetCommand.Run(root ?? folder, ["msbuild", project, "-restore", $"-target:{target}", .. MSBuildOptions.All], cancellationToken).GetAwaiter().GetResult();
        if (exitCode == 0 && File.Exists(done))
            return;

        File.Delete(done);
        var asked = string.Join(", ", requests);
        throw new CellException(new("PackageError", $"Could not get {asked}.", [$"PackageError: Could not get {asked}:", .. BuildErrors.In(output).Select(line => "    " + line)]));
    }

    private static string Built(string path) => File.Exists(path)
        ? path
        : throw new CellException("PackageError", $"{path} is not built; unset {RepositoryProjects.SkipBuildVariable} or build the repository's projects first.");

    // A project's output folder also holds the assemblies of the projects that it refers to.
    private static string ProjectFile(IEnumerable<string> outputs, string name) =>
        outputs.Select(output => Path.Combine(Path.GetDirectoryName(output)!, name)).FirstOrDefault(File.Exists)
        ?? throw new CellException("PackageError", $"No project's output folder holds {name}.");
}
