using NormKernel.Site;
using NormKernel.Site.Assets;
using NormKernel.Site.Pages;

namespace NormKernel.Tests.Site;

public sealed class SiteBuilderTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly List<string> log = [];

    public void Dispose() => folder.Dispose();

    private async Task Build(params string[] notebooks)
    {
        foreach (var file in new[] { "katex.min.css", "katex.min.js", "fonts/A.woff2" })
            folder.Write("katex/" + file, "");
        var katex = new KatexSource(folder["cache"], [folder["katex"]], (_, _) => Task.FromResult<byte[]?>(null));
        await SiteBuilder.Build(notebooks, folder["site"], folder.Root, katex, log.Add, TestContext.Current.CancellationToken);
    }

    private string Forward() => new SampleNotebook()
        .Markdown("# What does it compute?").Markdown("A mean $\\mu$ and a [variance](02-shift.ipynb).")
        .Markdown("## The forward pass\n\nText.\n\n### Its variance")
        .Code("#!import ../environment/setup.ipynb").Code("Charts.Line(x)", SampleNotebook.ChartWithPicture("Loss falls"))
        .Code("Check()", SampleNotebook.Checks(("forward", true), ("backward", true)))
        .WriteTo(folder, "notebooks/01-forward.ipynb");

    private string Shift() => new SampleNotebook()
        .Markdown("# Does it fix the shift?\n\nNo.").Code("Check()", SampleNotebook.Checks(("shift", false), ("other", true)))
        .WriteTo(folder, "notebooks/02-shift.ipynb");

    private string Planned() => new SampleNotebook().Markdown("# When?\n\nLater.").CodeNotRun("1").WriteTo(folder, "notebooks/03-when.ipynb");

    private string Page(string name) => File.ReadAllText(folder["site/" + name]);

    [Fact]
    public async Task The_index_introduces_the_collection_and_says_how_each_notebook_stands()
    {
        folder.Write("README.md", "# Norms, measured\n\nNotebooks that [answer](x).\n\nMore.");

        await Build(Forward(), Shift(), Planned());

        var index = Page("index.html");
        Assert.Contains("<h1>Norms, measured</h1>\n<p>Notebooks that answer.</p>", index, StringComparison.Ordinal);
        Assert.Contains("<h2>What does it compute?</h2>\n<p>A mean <span class=\"math inline\">\\mu</span> and a variance.</p>", index, StringComparison.Ordinal);
        Assert.Contains("✓ 2 checks passed", index, StringComparison.Ordinal);
        Assert.Contains("✗ 1 of 2 checks failed", index, StringComparison.Ordinal);
        Assert.Contains("Not run yet", index, StringComparison.Ordinal);
        Assert.Contains("<img src=\"images/01-forward-1.png\"", index, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["site/images/01-forward-1.png"]));
    }

    [Fact]
    public async Task A_page_has_contents_text_code_outputs_and_neighbours()
    {
        await Build(Forward(), Shift(), Planned());

        var page = Page("01-forward.html");
        Assert.Contains("<h1 id=\"what-does-it-compute\">", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#the-forward-pass\">", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#its-variance\">", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"02-shift.html\">variance</a>", page, StringComparison.Ordinal);
        Assert.Contains("<figure class=\"chart\">", page, StringComparison.Ordinal);
        Assert.Contains("assets/plotly.min.js", page, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"prev\"", page, StringComparison.Ordinal);
        Assert.Contains("<a rel=\"next\" href=\"02-shift.html\">", page, StringComparison.Ordinal);
        Assert.Contains("<a rel=\"prev\" href=\"01-forward.html\">", Page("02-shift.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("plotly.min.js", Page("02-shift.html"), StringComparison.Ordinal);
        Assert.Contains("has not been run yet", Page("03-when.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_search_index_has_the_words_of_every_section_as_they_are_read()
    {
        var notebook = new SampleNotebook().Markdown("# Title\n\nA *b*old & ordinary word.\n\n## Part\n\n| a | b |\n|---|---|\n| c | d |")
            .Code("x.Mean(1)", SampleNotebook.Chart("Loss falls")).WriteTo(folder, "notebooks/01-a.ipynb");

        await Build(notebook);

        var index = Page("assets/search-index.js");
        Assert.StartsWith("const searchIndex = [{", index, StringComparison.Ordinal);
        var places = System.Text.Json.Nodes.JsonNode.Parse(index["const searchIndex = ".Length..^2])!.AsArray();
        Assert.Equal(["01-a.html#title Title: A bold & ordinary word.", "01-a.html#part Part: a b c d x.Mean(1) Loss falls"],
            places.Select(place => $"{place!["page"]}#{place["id"]} {place["heading"]}: {place["text"]}"));
    }

    [Fact]
    public async Task The_same_notebooks_give_the_same_bytes()
    {
        string[] notebooks = [Forward(), Shift()];
        await Build(notebooks);
        var first = Contents();
        await Build(notebooks);

        Assert.Equal(first, Contents());

        Dictionary<string, string> Contents() => Directory.EnumerateFiles(folder["site"], "*", SearchOption.AllDirectories)
            .ToDictionary(path => path, path => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))));
    }

    [Fact]
    public async Task Nothing_on_the_site_is_loaded_from_the_network_and_every_local_file_is_there()
    {
        await Build(Forward(), Shift());

        foreach (var path in Directory.EnumerateFiles(folder["site"], "*", SearchOption.AllDirectories).Where(path => Path.GetExtension(path) is ".html" or ".css"))
        {
            var text = File.ReadAllText(path);
            Assert.Empty(RemoteContent.In(text));
            foreach (var match in System.Text.RegularExpressions.Regex.Matches(text, "(?:src|href)=\"(?<path>[^\"#:]+)\"").Cast<System.Text.RegularExpressions.Match>())
                Assert.True(File.Exists(folder["site/" + match.Groups["path"].Value]), $"{path} names {match.Groups["path"].Value}");
        }
    }

    [Fact]
    public async Task An_output_that_loads_from_the_network_is_reported()
    {
        var notebook = new SampleNotebook().Markdown("# T").Code("x", SampleNotebook.Display(("text/html", "<img src=\"https://example.org/a.png\">"))).WriteTo(folder, "a.ipynb");

        await Build(notebook);

        Assert.Contains(log, line => line.Contains("https://example.org/a.png", StringComparison.Ordinal));
    }
}
