using System.Text.Json.Nodes;
using NormKernel.Notebooks;
using NormKernel.Site.Pages;

namespace NormKernel.Tests.Site.Pages;

public sealed class PageLinksTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly PageFiles files = new("page");
    private readonly List<string> log = [];
    private readonly Cell cell = new(new JsonObject
    {
        ["attachments"] = new JsonObject { ["drawn.png"] = new JsonObject { ["image/png"] = SampleNotebook.Png } },
    });

    public void Dispose() => folder.Dispose();

    private string Resolve(string address, bool isImage = false)
    {
        var pages = new Dictionary<string, string> { [folder["b c.ipynb"]] = "b-c.html" };
        return new PageLinks(folder["a.ipynb"], pages, files, log.Add).Resolve(address, isImage, cell);
    }

    [Theory]
    [InlineData("b%20c.ipynb#part", "b-c.html#part")]
    [InlineData("./b c.ipynb", "b-c.html")]
    [InlineData("#part", "#part")]
    [InlineData("https://arxiv.org/abs/1502.03167v3", "https://arxiv.org/abs/1502.03167v3")]
    [InlineData("mailto:a@b.c", "mailto:a@b.c")]
    public void Links_lead_to_the_site_s_own_pages_or_stay(string address, string resolved)
    {
        Assert.Equal(resolved, Resolve(address));
        Assert.Empty(log);
    }

    [Fact]
    public void Pictures_beside_the_notebook_come_along()
    {
        folder.Write("pictures/x.svg", "<svg/>");

        Assert.Equal("images/page-1.svg", Resolve("pictures/x.svg", isImage: true));
        Assert.Equal("<svg/>"u8.ToArray(), files.All["images/page-1.svg"]);
    }

    [Fact]
    public void Pictures_attached_to_a_cell_come_along() =>
        Assert.Equal("images/page-1.png", Resolve("attachment:drawn.png", isImage: true));

    [Fact]
    public void A_link_that_leads_nowhere_on_the_site_is_reported()
    {
        Assert.Equal("../lib/Layer.cs", Resolve("../lib/Layer.cs"));
        Assert.Contains("../lib/Layer.cs", Assert.Single(log), StringComparison.Ordinal);
    }
}
