using NormKernel.Notebooks;
using NormKernel.Portability;
using NormKernel.Portability.Code;
using NormKernel.Tests.Notebooks;

namespace NormKernel.Tests.Portability;

/// <summary>One cell that breaks each rule, and beside it what may be written.</summary>
public class CodeRulesTests
{
    [Theory]
    [InlineData("display(1)", 1, "display(…)")]
    [InlineData("var x = 1;\nHTML(\"<b>x</b>\")", 2, "HTML(…)")]
    [InlineData("1.DisplayAs(\"text/html\");", 1, "DisplayAs(…)")]
    [InlineData("1.Display(\"text/html\");", 1, "Display with an argument")]
    [InlineData("var handle = 1.Display();", 1, "what Display() returns is used")]
    [InlineData("1.Display().Update(2);", 1, "what Display() returns is used")]
    [InlineData("var x = 1;\nx.Display()", 2, "without a semicolon")]
    [InlineData("Console.Error.WriteLine(1);", 1, "Console.Error")]
    [InlineData("var x = 1;\n\nusing var stream = new System.IO.MemoryStream();", 3, "using var")]
    [InlineData("using System.IO.MemoryStream stream = new();", 1, "using var")]
    [InlineData("Span<int> head = new int[2];", 1, "span")]
    [InlineData("var head = new int[2].AsSpan();", 1, "span")]
    [InlineData("namespace Mine { class Thing; }", 1, "namespace")]
    [InlineData("static class Mine\n{\n    public static int Twice(this int x) => 2 * x;\n}", 3, "extension method Twice")]
    [InlineData("using Microsoft.DotNet.Interactive.Formatting;", 1, "of one front end")]
    [InlineData("record P(int X);\nvar p = new P(1);\np with { X = 2 }", 3, "with { … }")]
    [InlineData("torch.zeros(3)", 1, "tensor")]
    [InlineData("randn(3, 3)", 1, "tensor")]
    [InlineData("#r \"nuget: Foo, 1.0.0\"", 1, "a package outside the set-up")]
    [InlineData("var x = 1;\n#r \"../lib/Foo.dll\"", 2, "a reference to a file")]
    [InlineData("#i \"nuget: ../packages\"", 1, "a package source")]
    [InlineData("#load \"more.csx\"", 1, "another script")]
    [InlineData("#!time\nvar x = 1;", 1, "#!time")]
    [InlineData("#!fsharp\nlet x = 1", 1, "#!fsharp")]
    [InlineData("#!import \"../environment/setup.ipynb\"", 1, "the import `#!import \"")]
    [InlineData("#!import ../environment/setup.ipynb\nvar x = 1;", 1, "the import `#!import")]
    [InlineData("#!import more.ipynb", 1, "the import `#!import")]
    public void A_cell_that_one_front_end_rejects_is_found_with_its_line_the_reason_and_the_fix(string source, int line, string rule)
    {
        var finding = Assert.Single(Findings(source), finding => finding.Place is { Cell: 2 });

        Assert.Contains(rule, finding.Rule, StringComparison.Ordinal);
        Assert.Equal(new Place(2, line), finding.Place);
        Assert.All([finding.RejectedBy, finding.Reason, finding.Fix], Assert.NotEmpty);
    }

    [Theory]
    [InlineData("1.Display();\nnew[] { 1, 2 }.ToList().ForEach(x => x.Display());")]
    [InlineData("int display(int x) => x;\ndisplay(1)")]
    [InlineData("// display(1); Console.Error\nvar text = \"using var x; #r and #!time\";\ntext")]
    [InlineData("var text = \"\"\"\n#!time\n#r \"x.dll\"\n\"\"\";\ntext")]
    [InlineData("using (var stream = new System.IO.MemoryStream()) { }\n{ using var other = new System.IO.MemoryStream(); Span<int> head = new int[2]; }")]
    [InlineData("record P(int X);\nvar p = new P(1);\nvar q = p with { X = 2 };\nq")]
    [InlineData("static int Twice(int x) => 2 * x;\nawait Task.Delay(1);\nTwice(1)")]
    [InlineData("using System.IO;\n#pragma warning disable CS0168\n#region one\nint x;\n#endregion")]
    [InlineData("torch.zeros(3).shape")]
    public void A_cell_that_every_front_end_runs_passes(string source) => Assert.DoesNotContain(Findings(source), finding => finding.Place is { Cell: 2 });

    [Theory]
    [InlineData("#!import ../environment/setup.ipynb", true)]
    [InlineData("#!import \"../environment/setup.ipynb\"", false)]
    [InlineData("#!import ../environment/setup.ipynb\n1 + 1", false)]
    [InlineData("1 + 1", false)]
    public void The_first_code_cell_is_the_import_of_the_set_up_alone(string source, bool passes)
    {
        var cells = CodeCell.Of(NotebookText.Of(source), "a.ipynb").ToList();
        Assert.Equal(passes, !ImportRule.Find(cells, "a.ipynb").Any());
    }

    [Fact]
    public void The_set_up_asks_for_packages_and_imports_nothing()
    {
        var cells = CodeCell.Of(NotebookText.Of("#r \"nuget: Foo, 1.*\"", "#!import other.ipynb"), "environment/setup.ipynb").ToList();

        Assert.Empty(ImportRule.Find(cells, "environment/setup.ipynb"));
        Assert.Equal(2, Assert.Single(cells.SelectMany(DirectiveRules.Find)).Place?.Cell);
    }

    private static IReadOnlyList<Finding> Findings(string source)
    {
        var notebook = NotebookText.Of(ImportRule.Line, source);
        NotebookMetadata.Complete(notebook);
        return NotebookCheck.Find(notebook, "notebooks/a.ipynb");
    }
}
