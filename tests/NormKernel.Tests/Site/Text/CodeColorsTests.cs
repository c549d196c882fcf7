using System.Net;
using System.Text.RegularExpressions;
using NormKernel.Site.Text;

namespace NormKernel.Tests.Site.Text;

public sealed partial class CodeColorsTests
{
    private static async Task<string> Html(string code) => (await CodeColors.Html([code], TestContext.Current.CancellationToken))[0];

    [Theory]
    [InlineData("var x = 1;", "keyword", "var")]
    [InlineData("if (true) return;", "keyword", "if")]
    [InlineData("var s = \"text\";", "string", "\"text\"")]
    [InlineData("var x = 1.5f;", "number", "1.5f")]
    [InlineData("// why", "comment", "// why")]
    [InlineData("Charts.Line(x)", "type", "Charts")]
    [InlineData("Charts.Line(x)", "method", "Line")]
    [InlineData("randn(2, 3)", "method", "randn")]
    [InlineData("x.item<float>()", "method", "item")]
    [InlineData("List<Tensor> all = [];", "type", "Tensor")]
    [InlineData("#!import ../environment/setup.ipynb", "directive", "#!import ../environment/setup.ipynb")]
    [InlineData("#r \"nuget: NormLab, 1.*\"", "directive", "#r \"nuget: NormLab, 1.*\"")]
    public async Task Tokens_are_coloured(string code, string color, string token) =>
        Assert.Contains($"<span class=\"{color}\">{WebUtility.HtmlEncode(token)}</span>", await Html(code), StringComparison.Ordinal);

    [Fact]
    public async Task A_later_cell_knows_the_types_of_an_earlier_one()
    {
        var html = await CodeColors.Html(["record Point(double X);\nvar p = new Point(1);\np", "var q = Point.Equals(p, p);"], TestContext.Current.CancellationToken);

        Assert.Contains("<span class=\"type\">Point</span>", html[0], StringComparison.Ordinal);
        Assert.Contains("<span class=\"keyword\">var</span> q", html[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#r \"nuget: X\"\nvar a = b < c && d > e; // \"<&>\"\n\n  $\"{a,5:g3} {{x}}\"")]
    [InlineData("this is ((( not C# \" at all")]
    [InlineData("")]
    public async Task Colours_never_change_the_code(string code) =>
        Assert.Equal(code, WebUtility.HtmlDecode(Tag().Replace(await Html(code), "")));

    [GeneratedRegex("</?span[^>]*>")]
    private static partial Regex Tag();
}
