using NormKernel.Site.Text;

namespace NormKernel.Tests.Site.Text;

public sealed class MarkdownTextTests
{
    private readonly Headings headings = new();

    private string Html(string markdown) => new MarkdownText(headings, (address, isImage) => isImage ? "images/" + address : address).Html(markdown);

    [Fact]
    public void Headings_can_be_linked_to_and_are_listed()
    {
        var html = Html("# Title\n\n## The *gradient* of $x_1$\n\n## The gradient of x 1");

        Assert.Contains("<h2 id=\"the-gradient-of-x-1\">", html, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"the-gradient-of-x-1-2\">", html, StringComparison.Ordinal);
        Assert.Contains("href=\"#the-gradient-of-x-1\"", html, StringComparison.Ordinal);
        Assert.Equal(["title", "the-gradient-of-x-1", "the-gradient-of-x-1-2"], headings.All.Select(heading => heading.Id));
        Assert.Contains("<em>gradient</em> of <span class=\"math inline\">x_1</span>", headings.All[1].Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_scroll_in_a_box() =>
        Assert.Contains("<div class=\"scroll\"><table>", Html("| a |\n|---|\n| 1 |"), StringComparison.Ordinal);

    [Fact]
    public void Collapsible_blocks_pass_with_the_Markdown_in_them()
    {
        var html = Html("<details>\n<summary>Solution</summary>\n\nIt is **one**: $x_1$.\n\n</details>");

        Assert.Contains("<summary>Solution</summary>", html, StringComparison.Ordinal);
        Assert.Contains("<strong>one</strong>: <span class=\"math inline\">x_1</span>", html, StringComparison.Ordinal);
        Assert.Contains("</details>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void CSharp_in_prose_is_coloured() =>
        Assert.Contains("<pre class=\"code\"><code><span class=\"keyword\">var</span>", Html("```csharp\nvar x = 1;\n```"), StringComparison.Ordinal);

    [Fact]
    public void Addresses_are_resolved()
    {
        var html = Html("![a](b.png) and [c](d.html)");

        Assert.Contains("src=\"images/b.png\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"d.html\"", html, StringComparison.Ordinal);
    }
}
