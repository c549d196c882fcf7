using NormKernel.Engine;
using NormKernel.Engine.Directives;

namespace NormKernel.Tests.Engine.Directives;

public sealed class DirectiveParserTests
{
    [Fact]
    public void Every_directive_is_read_with_its_line()
    {
        var parsed = Parse("#!csharp\n#!import ../a b.ipynb\n#!import \"c.csx\"\n#r \"nuget: One, 1.*\"\n#r \"nuget:Two\"\n#r \"nuget: Three, 1.2.3-beta.1\"\n#r \"../x.dll\"\n#i \"nuget:../packages\"\n#!time\n");
        Assert.Equal(
            [
                new LanguageDirective(1), new ImportDirective(2, "../a b.ipynb"), new ImportDirective(3, "c.csx"), new PackageDirective(4, "One", "1.*"),
                new PackageDirective(5, "Two", null), new PackageDirective(6, "Three", "1.2.3-beta.1"), new AssemblyDirective(7, "../x.dll"), new SourceDirective(8), new TimeDirective(9),
            ],
            parsed.Directives);
        Assert.True(string.IsNullOrWhiteSpace(parsed.Code));
    }

    [Fact]
    public void Code_keeps_its_line_numbers() => Assert.Equal("\nvar a = 1;\r\n\r\nvar b = 2;", Parse("#!time\nvar a = 1;\r\n  #r \"nuget: A\"\r\nvar b = 2;").Code);

    [Theory]
    [InlineData("var text = \"\"\"\n#!time\n\"\"\";")]
    [InlineData("/*\n#!import x\n*/")]
    [InlineData("#region a\n#if DEBUG\n#endif\n#endregion")]
    public void What_only_looks_like_a_directive_stays_code(string code)
    {
        var parsed = Parse(code);
        Assert.Empty(parsed.Directives);
        Assert.Equal(code, parsed.Code);
    }

    [Theory]
    [InlineData("var a = 1;\n#!python", "cell 1, line 2: `#!python`")]
    [InlineData("#r \"nuget: \"", "#r \"nuget: Id, version\"")]
    [InlineData("#r nonsense", "`#r nonsense`")]
    [InlineData("#!import", "#!import path")]
    public void What_is_not_understood_is_refused_with_what_would_be(string code, string message) =>
        Assert.Contains(message, Assert.Throws<CellException>(() => Parse(code)).Message, StringComparison.Ordinal);

    private static ParsedCell Parse(string text) => DirectiveParser.Parse(new CellSource("cell 1", text, "/"));
}
