namespace NormKernel.Tests.Engine.Directives;

public sealed class ImportTests : IDisposable
{
    private const string Notebook = """
        {"cells":[
        {"cell_type":"markdown","metadata":{},"source":"text"},
        {"cell_type":"code","metadata":{},"source":["#!import nested/inner.csx\n","var outer = inner + 1;"],"outputs":[],"execution_count":null},
        {"cell_type":"code","metadata":{"polyglot_notebook":{"kernelName":"html"}},"source":"<b>not C#</b>","outputs":[],"execution_count":null},
        {"cell_type":"code","metadata":{"polyglot_notebook":{"kernelName":"csharp"}},"source":"using System.Numerics;\n\"shown\"","outputs":[],"execution_count":null}
        ],"metadata":{},"nbformat":4,"nbformat_minor":5}
        """;

    private readonly TempFolder folder = new();
    private readonly TestSession session;

    public ImportTests()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "notebooks"));
        session = new TestSession(Path.Combine(folder.Path, "notebooks"));
    }

    public void Dispose()
    {
        session.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_notebook_is_imported_with_paths_relative_to_itself_its_usings_and_its_values()
    {
        folder.Write("environment/setup.ipynb", Notebook);
        folder.Write("environment/nested/inner.csx", "#!import deeper.cs\nvar inner = deeper + 1;");
        folder.Write("environment/nested/deeper.cs", "var deeper = 40;");
        session.Value("#!import ../environment/setup.ipynb");
        Assert.Equal(["display: shown"], session.Output.Log);
        Assert.Equal("42", session.Value("outer * BigInteger.One"));
    }

    [Fact]
    public void Code_may_follow_an_import_in_the_same_cell()
    {
        folder.Write("notebooks/a.csx", "var a = 1;");
        Assert.Equal("2", session.Value("#!import \"a.csx\"\na + 1"));
    }

    [Fact]
    public void An_error_names_the_imported_file_and_cell()
    {
        folder.Write("notebooks/bad.ipynb", """{"cells":[{"cell_type":"code","metadata":{},"source":"1"},{"cell_type":"code","metadata":{},"source":"\nnope"}],"nbformat":4}""");
        Assert.StartsWith("bad.ipynb, cell 2 (2,1): error CS0103", session.Failure("#!import bad.ipynb"), StringComparison.Ordinal);
        Assert.Equal("1", session.Value("1"));
    }

    [Fact]
    public void An_import_that_goes_in_circles_is_refused()
    {
        folder.Write("notebooks/a.csx", "#!import b.csx");
        folder.Write("notebooks/b.csx", "#!import a.csx");
        Assert.Contains("a.csx -> b.csx -> a.csx", session.Failure("#!import a.csx"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!import absent.ipynb", "there is no file")]
    [InlineData("#!import text.txt", "must be .ipynb, .csx or .cs, not .txt")]
    [InlineData("#!import broken.ipynb", "is not a notebook")]
    public void What_cannot_be_imported_is_refused(string code, string message)
    {
        folder.Write("notebooks/text.txt", "");
        folder.Write("notebooks/broken.ipynb", "{");
        Assert.Contains(message, session.Failure(code), StringComparison.Ordinal);
    }

    [Fact]
    public void Time_is_measured_and_sources_are_ignored_with_a_note()
    {
        session.Value("#!time\n#i \"nuget:../packages\"\nvar a = 1;");
        Assert.Matches("^Wall time: [0-9]+\\.[0-9] ms\n$", session.Output.Text);
        Assert.Equal("cell 1, line 2: #i is ignored; package sources are those of NuGet.Config.\n", session.Output.Errors);
    }
}
