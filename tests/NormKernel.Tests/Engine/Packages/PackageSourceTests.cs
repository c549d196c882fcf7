using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NormKernel.Engine.Scripts;

namespace NormKernel.Tests.Engine.Packages;

/// <summary>A repository whose NuGet.Config names a folder of packages, relative to itself.</summary>
public sealed class PackageSourceTests : IDisposable
{
    private readonly TempFolder folder = new();

    public PackageSourceTests()
    {
        folder.Write("Some.sln", "");
        folder.Write(
            "NuGet.Config",
            "<configuration><config><add key=\"globalPackagesFolder\" value=\"global\" /></config>"
            + "<packageSources><clear /><add key=\"local\" value=\"packages\" /></packageSources></configuration>");
        Directory.CreateDirectory(Path.Combine(folder.Path, "notebooks"));
        Pack("Feeder", "1.0.0", 10);
        Pack("Feeder", "1.5.0", 15);
        Pack("Feeder", "2.0.0", 20);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Feeder, 1.0.0", "10")]
    [InlineData("Feeder, 1.*", "15")]
    [InlineData("Feeder", "20")]
    public void The_repositorys_sources_apply_to_exact_floating_and_missing_versions(string package, string number)
    {
        using var session = new TestSession(Path.Combine(folder.Path, "notebooks"));
        Assert.Equal(number, session.Value($"#r \"nuget: {package}\"\nFeeder.Number"));
    }

    private void Pack(string id, string version, int number)
    {
        var file = folder.Write($"packages/{id}.{version}.nupkg", "");
        using var archive = new ZipArchive(File.Create(file), ZipArchiveMode.Create);
        using (var manifest = new StreamWriter(archive.CreateEntry($"{id}.nuspec").Open()))
            manifest.Write($"<package><metadata><id>{id}</id><version>{version}</version><authors>a</authors><description>d</description></metadata></package>");

        var compilation = CSharpCompilation.Create(
            id,
            [CSharpSyntaxTree.ParseText($"public static class {id} {{ public static int Number => {number}; }}", cancellationToken: TestContext.Current.CancellationToken)],
            FrameworkReferences.Load().Values,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = archive.CreateEntry($"lib/net10.0/{id}.dll").Open();
        Assert.True(compilation.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken).Success);
    }
}
