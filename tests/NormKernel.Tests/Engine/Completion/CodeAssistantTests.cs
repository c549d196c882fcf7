using NormKernel.Engine.Completion;

namespace NormKernel.Tests.Engine.Completion;

public sealed class CodeAssistantTests(CodeAssistantTests.Assisted assisted) : IClassFixture<CodeAssistantTests.Assisted>
{
    [Theory]
    [InlineData("Console.WriteL|", "WriteLine")]
    [InlineData("Console.writel|", "WriteLine")]
    [InlineData("number.CompareT|", "CompareTo")]
    [InlineData("numb|", "number")]
    [InlineData("new List<int>().Wher|", "Where")]
    [InlineData("Squar|", "Square")]
    [InlineData("new Point(1, 2).Le|", "Length")]
    [InlineData("var text = \"\";\ntext.Trim|", "Trim", "TrimEnd", "TrimStart")]
    [InlineData("Stopwatch.GetTimes|", "GetTimestamp")]
    [InlineData("#!import setup.ipynb\nnumb|", "number")]
    public void A_cell_is_completed_by_what_stands_before_it(string code, params string[] expected)
    {
        var completions = Complete(code);
        Assert.Equal(expected, completions.Items.Select(item => item.Text));
    }

    [Fact]
    public void A_whole_word_is_replaced_also_from_its_middle()
    {
        var completions = Complete("Console.Wri|xyz");
        Assert.Equal(("Console.".Length, "Console.Wrixyz".Length), (completions.Start, completions.End));
    }

    [Fact]
    public void Kinds_are_those_that_front_ends_know()
    {
        Assert.Equal("function", Complete("Console.WriteL|").Items[0].Kind);
        Assert.Equal("property", Complete("new Point(1, 2).Leng|").Items[0].Kind);
        Assert.Equal("keyword", Complete("forea|").Items[0].Kind);
        Assert.Equal("module", Complete("System.Globaliz|").Items[0].Kind);
    }

    [Theory]
    [InlineData("num|ber", "(field) int number")]
    [InlineData("Squ|are(3)", "int Square(int x)")]
    [InlineData("Square(3|)", "int Square(int x)")]
    [InlineData("Square(|", "int Square(int x)")]
    [InlineData("new Point(1, |2)", "Point(")]
    [InlineData("number|", "(field) int number")]
    [InlineData("Square|", "Multiplies by itself.")]
    public void A_name_is_explained_where_the_cursor_stands_on_it_after_it_or_among_its_arguments(string code, string expected)
    {
        var description = assisted.Assistant.Inspect(code.Replace("|", "", StringComparison.Ordinal), code.IndexOf('|', StringComparison.Ordinal), withRemarks: false);
        Assert.Contains(expected, description?.Text, StringComparison.Ordinal);
        Assert.Contains(expected, description?.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Remarks_are_quoted_on_demand()
    {
        Assert.DoesNotContain("Not for large", assisted.Assistant.Inspect("Square", 1, withRemarks: false)!.Text, StringComparison.Ordinal);
        Assert.Contains("Not for large", assisted.Assistant.Inspect("Square", 1, withRemarks: true)!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_that_run_later_are_known_too_and_may_declare_a_name_again()
    {
        assisted.Session.Value("var later = \"a\";", "var later = 1.5;");
        Assert.Contains("(field) double later", assisted.Assistant.Inspect("later", 1, withRemarks: false)!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Completing_changes_nothing_for_the_cells_that_run()
    {
        assisted.Session.Value("record Pair(int A, int B);", "var pair = new Pair(1, 2);");
        Complete("pair.|");
        Assert.Equal("3", assisted.Session.Value("int Sum(Pair p) => p.A + p.B;", "Sum(pair)"));
    }

    private Completions Complete(string code) =>
        assisted.Assistant.Complete(code.Replace("|", "", StringComparison.Ordinal), code.IndexOf('|', StringComparison.Ordinal));

    public sealed class Assisted : IDisposable
    {
        internal TestSession Session { get; } = new();

        public CodeAssistant Assistant { get; }

        public Assisted()
        {
            Session.Session.WarmUp();
            Assistant = CodeAssistant.Start(Session.Session.Submissions);
            Session.Value(
                "using System.Diagnostics;\nvar number = 3;",
                "/// <summary>Multiplies by itself.</summary>\n/// <remarks>Not for large numbers.</remarks>\nint Square(int x) => x * x;",
                "record Point(double X, double Y) { public double Length => Math.Sqrt(X * X + Y * Y); }");
        }

        public void Dispose()
        {
            Assistant.Dispose();
            Session.Dispose();
        }
    }
}
