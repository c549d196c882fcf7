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
        foreach (var old in new[] { "Foo.1.0.5.nupkg", "Foo.Other.1.0.7.nupkg" })
            AddFile(["packages", old], "");

        Assert.Equal(ExitCode.Success, await workplace.Run("pack"));

        var packages = Directory.GetFiles(workplace["packages"]).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(2, packages.Count);
        Assert.Matches(@"^Foo\.1\.0\.\d{6,}\.nupkg$", packages[0]);
        Assert.Equal("Foo.Other.1.0.7.nupkg", packages[1]);
        Assert.Contains("packed", workplace.Output, StringComparison.Ordinal);
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
