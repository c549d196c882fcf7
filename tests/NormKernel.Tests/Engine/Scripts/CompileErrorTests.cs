namespace NormKernel.Tests.Engine.Scripts;

public sealed class CompileErrorTests : IDisposable
{
    private readonly TestSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void An_error_shows_cell_place_code_message_line_and_caret()
    {
        session.Value("1");
        Assert.Equal(
            "cell 2 (2,9): error CS0103: The name 'missing' does not exist in the current context\n"
            + "    var y = missing;\n"
            + "            ^",
            session.Failure("var x = 1;\nvar y = missing;"));
    }

    [Fact]
    public void The_caret_follows_tabs() => Assert.EndsWith("    \tvar y = missing;\n    \t        ^", session.Failure("\tvar y = missing;"), StringComparison.Ordinal);

    [Fact]
    public void Every_error_is_listed_and_the_first_is_the_message()
    {
        var outcome = session.Run("int a = \"x\";\nint b = c;");
        Assert.Equal("CompilationError", outcome.Failure!.Name);
        Assert.StartsWith("CS0029:", outcome.Failure.Message, StringComparison.Ordinal);
        Assert.Contains(outcome.Failure.Lines, line => line.StartsWith("cell 1 (2,9): error CS0103", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("using var stream = new System.IO.MemoryStream();", "using (var")]
    [InlineData("namespace N { class A { } }", "leave it out")]
    [InlineData("static class E { public static int F(this int n) => n; }", "outside any class")]
    [InlineData("Span<int> s = new int[3];", "block or a function")]
    public void What_scripts_cannot_do_comes_with_a_way_out(string code, string hint) =>
        Assert.Contains(hint, session.Failure(code), StringComparison.Ordinal);

    [Fact]
    public void Useful_warnings_are_shown_with_their_place()
    {
        session.Value("[Obsolete(\"use New\")] int Old() => 1;\nvar x = Old();");
        Assert.StartsWith("cell 1 (2,9): warning CS0618:", session.Output.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_warnings_are_not()
    {
        session.Value("{ int unused; int assigned = 1; }\nstring text = null;");
        Assert.Empty(session.Output.Log);
    }
}
