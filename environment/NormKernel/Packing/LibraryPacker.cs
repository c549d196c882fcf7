using NormKernel.Engine.Packages;

namespace NormKernel.Packing;

/// <summary>Packs the repository's libraries into its packages folder, which other front ends restore from.</summary>
public sealed class LibraryPacker(string root, Action<string> log)
{
    private readonly string packages = Path.Combine(root, "packages");

    /// <exception cref="IOException">
    /// A library does not build or cannot be packed, and the packages that were there are kept; or they are packed and cannot be restored.
    /// </exception>
    public async Task Pack(DateTimeOffset now, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(packages);
        var version = PackageVersion.Next(now, Directory.EnumerateFiles(packages, "*.nupkg"));
        var fresh = Directory.CreateTempSubdirectory("normkernel-pack-").FullName;
        try
        {
            foreach (var project in Projects())
                await PackProject(project, version, fresh, cancellationToken);
            var packed = Publish(fresh, version);
            log("restoring them once, as other front ends will");
            await PackedPackages.Restore(root, packed, cancellationToken);
        }
        finally
        {
            Directory.Delete(fresh, recursive: true);
        }
    }

    private List<string> Projects()
    {
        var library = Path.Combine(root, "lib");
        var projects = Directory.Exists(library)
            ? Directory.EnumerateDirectories(library).SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj")).Order(StringComparer.Ordinal).ToList()
            : [];
        return projects.Count > 0 ? projects : throw new IOException($"{library} holds no library project (lib/*/*.csproj), so there is nothing to pack");
    }

    // Version itself would become the assembly version, whose parts end at 65534.
    private async Task PackProject(string project, string version, string folder, CancellationToken cancellationToken)
    {
        string[] arguments = ["pack", project, "-c", "Release", "-o", folder, $"-p:PackageVersion={version}", "-nologo", "-v", "quiet"];
        var (exitCode, output) = await DotnetCommand.Run(root, arguments, cancellationToken);
        if (exitCode != 0)
            throw new IOException($"{project} could not be packed:\n{output}".TrimEnd());
    }

    /// <summary>Puts the new packages in place and only then removes the old ones of the same ids.</summary>
    private List<PackageRequest> Publish(string fresh, string version)
    {
        var packed = new List<PackageRequest>();
        foreach (var package in Directory.EnumerateFiles(fresh, "*.nupkg").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(package);
            var id = name[..^$".{version}.nupkg".Length];
            File.Copy(package, Path.Combine(packages, name), overwrite: true);
            foreach (var old in Directory.EnumerateFiles(packages, $"{id}.*.nupkg").Where(file => IsOther(file, id, name)).ToList())
                File.Delete(old);
            log($"packed {Path.Combine(packages, name)}");
            packed.Add(new(id, version));
        }

        return packed;
    }

    /// <summary>Foo.1.0.3.nupkg is of Foo, Foo.Bar.1.0.3.nupkg is not.</summary>
    private static bool IsOther(string file, string id, string newName)
    {
        var name = Path.GetFileName(file);
        return name != newName && char.IsAsciiDigit(name[id.Length + 1]);
    }
}
