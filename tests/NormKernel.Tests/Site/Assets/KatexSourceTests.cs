using NormKernel.Site.Assets;

namespace NormKernel.Tests.Site.Assets;

public sealed class KatexSourceTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly List<string> log = [];

    public void Dispose() => folder.Dispose();

    private Task<KatexAssets> Find(Func<Uri, byte[]?>? download = null, params string[] systemFolders) =>
        new KatexSource(folder["cache"], systemFolders, (address, _) => Task.FromResult(download?.Invoke(address))).Find(log.Add, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_system_s_copy_is_used_with_its_woff2_fonts_only()
    {
        foreach (var file in new[] { "katex.min.css", "katex.min.js", "fonts/A.woff2", "fonts/A.ttf" })
            folder.Write("system/" + file, file);

        var katex = await Find(_ => throw new InvalidOperationException("no download is needed"), folder["absent"], folder["system"]);

        Assert.Equal("assets/katex", katex.Address);
        Assert.Equal(["assets/katex/fonts/A.woff2", "assets/katex/katex.min.css", "assets/katex/katex.min.js"], katex.Files.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_any_copy_pages_link_to_the_network_and_the_log_says_so()
    {
        var katex = await Find();

        Assert.Equal($"https://cdn.jsdelivr.net/npm/katex@{KatexRelease.Version}/dist", katex.Address);
        Assert.Empty(katex.Files);
        Assert.Contains("formulas of the site need the network", Assert.Single(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_with_the_wrong_content_is_refused()
    {
        var katex = await Find(_ => "something else"u8.ToArray());

        Assert.Empty(katex.Files);
        Assert.False(Directory.Exists(folder["cache"]));
    }

    [Fact]
    public async Task A_damaged_cache_is_not_used()
    {
        foreach (var path in KatexRelease.Files.Keys)
            folder.Write("cache/" + path, "damaged");

        Assert.Empty((await Find()).Files);
    }

    [Fact]
    public void The_release_is_a_style_sheet_a_script_and_twenty_fonts()
    {
        Assert.Equal(22, KatexRelease.Files.Count);
        Assert.All(KatexRelease.Files.Values, hash => Assert.Matches("^[0-9a-f]{64}$", hash));
        Assert.Equal(20, KatexRelease.Files.Keys.Count(path => path.EndsWith(".woff2", StringComparison.Ordinal)));
    }
}
