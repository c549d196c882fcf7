using NormKernel.Commands;

namespace NormKernel.Tests.Commands;

public sealed class PackCommandTests : IDisposable
{
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact]
    public async Task Libraries_are_packed_with_one_fresh_version_and_only_their_own_old_packages_go()
    {
        AddProject("Foo", isPackable: true);
        AddProject("Hidden", isPackable: false);
        AddOwnSource();
        foreach (var old in new[] { "Foo.1.0.5.nupkg", "Foo.Other.1.0.7.nupkg" })
            AddFile(["packages", old], "");

        Assert.Equal(ExitCode.Success, await workplace.Run("pack"));

        var packages = Directory.GetFiles(workplace["packages"]).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(2, packages.Count);
        Assert.Matches(@"^Foo\.1\.0\.\d{6,}\.nupkg$", packages[0]);
        Assert.Equal("Foo.Other.1.0.7.nupkg", packages[1]);
        Assert.Contains("packed", workplace.Output, StringComparison.Ordinal);
        var restored = Assert.Single(Directory.GetDirectories(workplace["restored", "foo"]));
        Assert.Equal(packages[0], $"Foo.{Path.GetFileName(restored)}.nupkg");
    }

    [Fact]
    public async Task What_another_front_end_could_not_restore_is_said_at_once()
    {
        AddOwnSource();
        AddProject("Foo", isPackable: true);
        File.WriteAllText(workplace["NuGet.Config"], File.ReadAllText(workplace["NuGet.Config"]).Replace("value=\"packages\"", "value=\"elsewhere\"", StringComparison.Ordinal));

        Assert.Equal(ExitCode.Failure, await workplace.Run("pack"));

        Assert.Contains("other front ends will not find", workplace.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_that_does_not_compile_is_shown_and_the_old_packages_stay()
    {
        AddProject("Foo", isPackable: true, code: "class {");
        AddFile(["packages", "Foo.1.0.5.nupkg"], "");

        Assert.Equal(ExitCode.Failure, await workplace.Run("pack"));

        Assert.Contains("error CS1001", workplace.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(workplace["packages", "Foo.1.0.5.nupkg"]));
    }

    [Fact]
    public async Task Without_libraries_there_is_nothing_to_pack()
    {
        Assert.Equal(ExitCode.Failure, await workplace.Run("pack"));

        Assert.Contains("holds no library project", workplace.Error, StringComparison.Ordinal);
    }

    // Only the repository's own packages, and a package cache of its own: no network, and nothing left behind.
    private void AddOwnSource() => AddFile(["NuGet.Config"], """
        <configuration>
          <config><add key="globalPackagesFolder" value="restored" /></config>
          <packageSources>
            <clear />
            <add key="own" value="packages" />
          </packageSources>
        </configuration>
        """);

    private void AddProject(string name, bool isPackable, string code = "public class Thing;")
    {
        AddFile(["lib", name, $"{name}.csproj"], $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <IsPackable>{(isPackable ? "true" : "false")}</IsPackable>
              </PropertyGroup>
            </Project>
            """);
        AddFile(["lib", name, "Thing.cs"], code);
    }

    private void AddFile(string[] names, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(workplace[names])!);
        File.WriteAllText(workplace[names], text);
    }
}
