using NormKernel.Site;
using NormKernel.Tests.Site;

namespace NormKernel.Tests.Browser;

/// <summary>The site of the committed notebooks in a folder of its own, and a browser: both made when a test first needs them.</summary>
public sealed class CollectionSite : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly SemaphoreSlim making = new(1);
    private BrowserProcess? browser;

    /// <summary>The pages, the index first.</summary>
    public IReadOnlyList<string> Pages { get; private set; } = [];

    public string Address(string page) => new Uri(folder[$"site/{page}"]).AbsoluteUri;

    public bool Has(string file) => File.Exists(folder[$"site/{file}"]);

    public Task<string> Read(string page) => File.ReadAllTextAsync(folder[$"site/{page}"], TestContext.Current.CancellationToken);

    /// <summary>Opens a page as a double click on its file does.</summary>
    public async Task<BrowserPage> Open(string page)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await making.WaitAsync(cancellation);
        try
        {
            browser ??= await BrowserProcess.Start(cancellation);
            if (Pages.Count == 0)
                await Build(cancellation);
        }
        finally
        {
            making.Release();
        }

        return await BrowserPage.Open(browser, Address(page), cancellation);
    }

    public void Dispose()
    {
        browser?.Dispose();
        making.Dispose();
        folder.Dispose();
    }

    private async Task Build(CancellationToken cancellation)
    {
        var root = Repository.FindRoot(Path.GetDirectoryName(Fixture.PathOf(""))!)!;
        var notebooks = Directory.EnumerateFiles(Path.Combine(root, "notebooks"), "*.ipynb").Order(StringComparer.Ordinal).ToList();
        await SiteBuilder.Build(notebooks, folder["site"], _ => { }, cancellation);
        Assert.SkipWhen((await File.ReadAllTextAsync(folder["site/index.html"], cancellation)).Contains("https://cdn.", StringComparison.Ordinal), "KaTeX is neither installed nor to be had here");
        Pages = [.. Directory.EnumerateFiles(folder["site"], "*.html").Select(path => Path.GetFileName(path)).OrderBy(name => name != "index.html").ThenBy(name => name, StringComparer.Ordinal)];
    }
}
