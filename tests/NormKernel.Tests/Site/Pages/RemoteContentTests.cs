using NormKernel.Site.Pages;

namespace NormKernel.Tests.Site.Pages;

public sealed class RemoteContentTests
{
    [Theory]
    [InlineData("<script src=\"https://cdn.example/x.js\"></script>")]
    [InlineData("<link rel='stylesheet' href='//cdn.example/x.js'>")]
    [InlineData("<img alt=a src=http://cdn.example/x.js>")]
    [InlineData("a { background: url(https://cdn.example/x.js) }")]
    [InlineData("@import \"https://cdn.example/x.js\";")]
    public void What_a_browser_loads_by_itself_is_found(string text) =>
        Assert.EndsWith("//cdn.example/x.js", Assert.Single(RemoteContent.In(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("<a href=\"https://arxiv.org/abs/1502.03167v3\">paper</a>")]
    [InlineData("<p>https://example.org</p>")]
    [InlineData("<img src=\"images/x.png\"><script src=\"assets/x.js\"></script>")]
    public void Links_and_local_files_are_not(string text) => Assert.Empty(RemoteContent.In(text));
}
