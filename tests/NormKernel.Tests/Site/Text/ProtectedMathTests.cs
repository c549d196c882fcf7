using NormKernel.Site.Text;

namespace NormKernel.Tests.Site.Text;

public sealed class ProtectedMathTests
{
    private static string Html(string markdown) => new MarkdownText(new Headings(), (address, _) => address).Html(markdown);

    private static string Inline(string tex) => $"<span class=\"math inline\">{System.Net.WebUtility.HtmlEncode(tex)}</span>";

    private static string Display(string tex) => $"<span class=\"math display\">{System.Net.WebUtility.HtmlEncode(tex)}</span>";

    [Theory]
    [InlineData(@"\hat{x}_i = a_1 * b_1 * c_1")]
    [InlineData(@"\{a\}, \[b\], \\ c")]
    [InlineData(@"a < b > c & d")]
    [InlineData(@"\lvert x \rvert_2^2 \mid |x|")]
    [InlineData(@"\text{costs \$5}")]
    [InlineData("a\n= b")]
    public void Inline_formulas_reach_the_page_as_they_were_written(string tex) =>
        Assert.Contains(Inline(tex), Html($"Before ${tex}$ after."), StringComparison.Ordinal);

    [Fact]
    public void Aligned_environments_keep_their_lines_and_backslashes()
    {
        const string tex = "\\begin{aligned}\n\\mu &= \\frac1m\\sum_i x_i, \\\\\n- \\sigma^2 &= 1 \\\\\n= x\n\\end{aligned}";

        Assert.Contains(Display(tex), Html($"Text\n\n$$\n{tex}\n$$\n\nmore"), StringComparison.Ordinal);
        Assert.Contains(Display(tex), Html($"Text\n$${tex}$$\nmore"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_formula_in_a_table_keeps_its_bars()
    {
        var html = Html("| a | b |\n|---|---|\n| $|x|$ | $y_1$ |");

        Assert.Contains($"<td>{Inline("|x|")}</td>\n<td>{Inline("y_1")}</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_formula_in_a_list_stays_in_its_item() =>
        Assert.Matches($"<li>[^<]*{System.Text.RegularExpressions.Regex.Escape(Inline("x_1"))}\\s*</li>", Html("- item $x_1$\n- other"));

    [Fact]
    public void A_formula_in_a_quotation_loses_the_quotation_marks() =>
        Assert.Contains(Display("y = x"), Html("> text\n> $$\n> y = x\n> $$"), StringComparison.Ordinal);

    [Fact]
    public void A_formula_in_emphasis_is_set_in_it() =>
        Assert.Contains($"<strong>the {Inline("x_1")}</strong>", Html("**the $x_1$**"), StringComparison.Ordinal);

    [Theory]
    [InlineData("It costs $5 and $6.")]
    [InlineData(@"It costs \$5, or x\$.")]
    [InlineData("One $ alone")]
    [InlineData("A $first paragraph\n\nand a second$ one")]
    public void Money_is_not_a_formula(string markdown) =>
        Assert.DoesNotContain("class=\"math", Html(markdown), StringComparison.Ordinal);

    [Theory]
    [InlineData("`$x$`")]
    [InlineData("``a ` $x$``")]
    [InlineData("```\n$x$\n```")]
    [InlineData("~~~csharp\nvar s = $\"{x}$\";\n~~~")]
    [InlineData("```python\n$x$\n\n$y$\n```\n")]
    public void Code_holds_no_formulas(string markdown)
    {
        var html = Html(markdown);

        Assert.DoesNotContain("class=\"math", html, StringComparison.Ordinal);
        Assert.Contains("$", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_formula_in_an_attribute_becomes_text() =>
        Assert.Contains("alt=\"the x_1 axis\"", Html("![the $x_1$ axis](picture.png)"), StringComparison.Ordinal);
}
