namespace NormKernel.Tests.Engine.Scripts;

public sealed class LanguageTests : IDisposable
{
    private readonly TestSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void The_last_expression_is_the_value() => Assert.Equal("3", session.Value("1 + 2"));

    [Theory]
    [InlineData("var x = 1;")]
    [InlineData("Math.Max(1, 2);")]
    [InlineData("Console.Write(1)")]
    [InlineData("await System.Threading.Tasks.Task.Delay(1)")]
    [InlineData("// only a comment")]
    public void A_cell_without_a_value_has_none(string code)
    {
        var outcome = session.Run(code);
        Assert.True(outcome.Ok);
        Assert.Null(outcome.Value);
    }

    [Fact]
    public void Null_is_a_value() => Assert.Equal("null", session.Value("(string?)null"));

    [Fact]
    public void Await_works_at_the_top_level() => Assert.Equal("5", session.Value("var x = await Task.Run(() => 4);", "await Task.FromResult(x + 1)"));

    [Fact]
    public void The_newest_language_version_is_on() =>
        Assert.Equal("[1, 2]", session.Value("int[] items = [1, 2]; class P { public int X { get => field; set => field = value; } }", "items"));

    [Fact]
    public void Unsafe_code_and_nullable_annotations_compile() =>
        Assert.Equal("4", session.Value("string? none = null; int size; unsafe { size = sizeof(int); }", "size"));

    [Fact]
    public void Extension_methods_at_the_top_level_work() => Assert.Equal("4", session.Value("static int Doubled(this int n) => 2 * n;", "2.Doubled()"));

    [Theory]
    [InlineData("p with { X = 5 }")]
    [InlineData("var q = p;\nq with { X = 5 }")]
    [InlineData("p with\n{\n    X = 5,\n}\n")]
    [InlineData("Same(p) with { X = 5 }")]
    [InlineData("new[] { p }[0] with { X = 5 } // comment")]
    [InlineData("p with { X = new[] { 5 }[0] }")]
    public void A_cell_may_end_on_a_with_expression(string code) =>
        Assert.Equal("Point { X = 5, Y = 2 }", session.Value("record Point(int X, int Y); Point Same(Point q) => q; var p = new Point(1, 2);", code));
}
