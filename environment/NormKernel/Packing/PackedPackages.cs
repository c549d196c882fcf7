using NormKernel.Engine.Packages;

namespace NormKernel.Packing;

/// <summary>
/// Restores packed libraries once, as another front end would: that shows whether they and all their dependencies can be had,
/// and puts them into the package cache, so that the first cell there does not wait for half a gigabyte.
/// </summary>
public static class PackedPackages
{
    /// <exception cref="IOException">They cannot be restored; the message says why.</exception>
    public static async Task Restore(string root, IReadOnlyList<PackageRequest> packages, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("normkernel-restore-").FullName;
        try
        {
            GeneratedProject.WriteShields(folder);
            var project = Path.Combine(folder, "packages.csproj");
            await File.WriteAllTextAsync(project, GeneratedProject.Text(root, packages, projects: []), cancellationToken);
            var (exitCode, output) = await DotnetCommand.Run(root, ["msbuild", project, "-target:Restore", .. MSBuildOptions.All], cancellationToken);
            if (exitCode != 0)
                throw new IOException($"the libraries are packed, but other front ends will not find all that they need:\n{string.Join('\n', BuildErrors.In(output))}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
