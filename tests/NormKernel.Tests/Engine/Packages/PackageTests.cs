namespace NormKernel.Tests.Engine.Packages;

/// <summary>With packages that the solution itself restores, so that no network is needed.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly TestSession session;

    public PackageTests() => session = new TestSession(folder.Path);

    public void Dispose()
    {
        session.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_package_is_restored_compiled_against_and_loaded_beside_the_engines_own_copy()
    {
        Assert.Equal("<p>a</p>\n", session.Value("#r \"nuget: Markdig, 1.6.0\"\nMarkdig.Markdown.ToHtml(\"a\")"));
        Assert.Equal("False", session.Value("System.Runtime.Loader.AssemblyLoadContext.Default == System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(typeof(Markdig.Markdown).Assembly)"));
    }

    [Fact]
    public void A_second_request_of_the_same_package_is_no_work_and_another_version_a_note()
    {
        session.Value("#r \"nuget: Markdig, 1.6.0\"", "#r \"nuget: markdig, 1.6.0\"", "#r \"nuget: Markdig, 1.0.0\"");
        Assert.Equal("Markdig is already requested as Markdig 1.6.0; restart the session to use 1.0.0.\n", session.Output.Errors);
    }

    [Theory]
    [InlineData("Markdig.Markdown.ToHtml(\"a\")")]
    [InlineData("typeof(Microsoft.CodeAnalysis.SyntaxTree)")]
    [InlineData("typeof(Spectre.Console.Table)")]
    public void What_the_engine_itself_uses_is_not_there_for_cells(string code) =>
        Assert.Contains("error CS", session.Failure(code), StringComparison.Ordinal);

    [Fact]
    public void A_package_that_is_nowhere_fails_with_its_name_and_leaves_the_session_as_it_was()
    {
        folder.Write("NuGet.Config", "<configuration><packageSources><clear /><add key=\"none\" value=\"feed\" /></packageSources></configuration>");
        Directory.CreateDirectory(Path.Combine(folder.Path, "feed"));
        var failure = session.Failure("#r \"nuget: Absent.Package, 9.9.9\"");
        Assert.StartsWith("PackageError: Could not get Absent.Package 9.9.9:", failure, StringComparison.Ordinal);
        Assert.Contains("error NU1101", failure, StringComparison.Ordinal);
        Assert.Equal("<p>b</p>\n", session.Value("#r \"nuget: Markdig, 1.6.0\"\nMarkdig.Markdown.ToHtml(\"b\")"));
    }
}
