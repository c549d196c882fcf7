using NormKernel.Engine.Packages;

namespace NormKernel.Tests.Engine.Packages;

/// <summary>A repository in a temporary folder: Upper refers to Lower and, with a centrally set version, to a package.</summary>
public sealed class RepositoryProjectsTests : IDisposable
{
    private readonly TempFolder folder = new();

    public RepositoryProjectsTests()
    {
        folder.Write("Some.sln", "");
        folder.Write("Directory.Build.props", "<Project><PropertyGroup><TargetFramework>net10.0</TargetFramework><DefineConstants Condition=\"'$(FakeBackend)' == 'other'\">OTHER</DefineConstants></PropertyGroup></Project>");
        folder.Write("Directory.Packages.props", "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup><ItemGroup><PackageVersion Include=\"Markdig\" Version=\"1.6.0\" /></ItemGroup></Project>");
        folder.Write("lib/Lower/Lower.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        folder.Write("lib/Lower/Low.cs", "namespace Lower; public static class Low { public static int Number => 20; }");
        folder.Write("lib/Upper/Upper.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><ProjectReference Include=\"../Lower/Lower.csproj\" /><PackageReference Include=\"Markdig\" /></ItemGroup></Project>");
        WriteUpper("Lower.Low.Number + 2");
        Directory.CreateDirectory(Path.Combine(folder.Path, "notebooks"));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_id_that_is_a_project_is_built_with_all_that_it_refers_to_and_may_be_rebuilt_under_a_session()
    {
        using var session = Session();
        Assert.Equal("22", session.Value("#r \"nuget: Upper, 1.*\"\nUpper.Up.Number()"));
        Assert.Equal("<p>x</p>\n", session.Value("Markdig.Markdown.ToHtml(\"x\")"));
        Assert.Equal("20", session.Value("Lower.Low.Number"));

        WriteUpper("Lower.Low.Number + 3");
        using var next = Session();
        Assert.Equal("23", next.Value("#r \"nuget: Upper\"\nUpper.Up.Number()"));
        Assert.Equal("22", session.Value("Upper.Up.Number()"));
    }

    [Fact]
    public async Task All_projects_build_in_one_call_and_errors_are_the_compilers()
    {
        var log = new List<string>();
        Assert.Equal(["Lower", "Upper"], RepositoryProjects.All(folder.Path));
        Assert.True(await RepositoryProjects.Build(folder.Path, null, log.Add, TestContext.Current.CancellationToken), string.Join('\n', log));
        Assert.Equal(["Building Lower, Upper …"], log);
        Assert.True(File.Exists(Path.Combine(folder.Path, "lib", "Upper", "bin", "Release", "net10.0", "Upper.dll")));

        WriteUpper("nonsense");
        Assert.False(await RepositoryProjects.Build(folder.Path, ["Upper"], log.Add, TestContext.Current.CancellationToken));
        Assert.Contains("Up.cs(1,", log[^1], StringComparison.Ordinal);
        Assert.EndsWith("error CS0103: The name 'nonsense' does not exist in the current context", log[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_found_whatever_their_case_and_only_where_there_is_a_project()
    {
        Assert.Equal(Path.Combine(folder.Path, "lib", "Upper", "Upper.csproj"), RepositoryProjects.Find(folder.Path, "upper"));
        Assert.Null(RepositoryProjects.Find(folder.Path, "Markdig"));
        Assert.Null(RepositoryProjects.Find(null, "Upper"));
    }

    [Fact]
    public void What_a_restore_depends_on_changes_with_project_files_and_with_environment_variables_they_mention()
    {
        var before = CacheFolder.Key(ProjectInputs.Of(folder.Path));
        Assert.Equal(before, CacheFolder.Key(ProjectInputs.Of(folder.Path)));
        Assert.Contains("FakeBackend=", ProjectInputs.Of(folder.Path));
        folder.Write("lib/Lower/Lower.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><!-- changed --></Project>");
        Assert.NotEqual(before, CacheFolder.Key(ProjectInputs.Of(folder.Path)));
    }

    private TestSession Session() => new(Path.Combine(folder.Path, "notebooks"));

    private void WriteUpper(string expression) =>
        folder.Write("lib/Upper/Up.cs", $"namespace Upper; public static class Up {{ public static int Number() => Markdig.Markdown.ToHtml(\"\").Length + {expression}; }}");
}
