using NormKernel.Site.Pages;

namespace NormKernel.Tests.Site.Pages;

public sealed class PageNamesTests
{
    [Fact]
    public void Pages_are_named_after_notebooks() =>
        Assert.Equal("01-the-forward-pass.html", PageNames.For(["notebooks/01 The forward pass.ipynb"]).Values.Single());

    [Theory]
    [InlineData("a/x.ipynb", "b/X.ipynb")]
    [InlineData("a/y.ipynb", "index.ipynb")]
    public void Two_notebooks_cannot_share_a_page(string first, string second)
    {
        var error = Assert.Throws<ArgumentException>(() => PageNames.For([first, second]));

        Assert.Contains(second, error.Message, StringComparison.Ordinal);
        Assert.Contains("rename one", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_site_needs_a_notebook() => Assert.Throws<ArgumentException>(() => PageNames.For([]));
}
