using System.Text.RegularExpressions;
using NormKernel.Paper;
using NormKernel.Paper.Bibliography;
using NormKernel.Site.Assets;
using NormKernel.Site.Pages;
using NormKernel.Tests.Site;

namespace NormKernel.Tests.Paper;

public sealed partial class PaperBuilderTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly List<string> log = [];

    public void Dispose() => folder.Dispose();

    private async Task<string> Build(PaperOptions options, params string[] notebooks)
    {
        folder.Write("katex/katex.min.css", "@font-face{font-family:KaTeX_Main;src:url(fonts/A.woff2) format('woff2'),url(fonts/A.ttf) format('truetype');font-weight:400}");
        folder.Write("katex/katex.min.js", "window.katex = '</script>';");
        folder.Write("katex/fonts/A.woff2", "font");
        var katex = new KatexSource(folder["cache"], [folder["katex"]], (_, _) => Task.FromResult<byte[]?>(null));
        await PaperBuilder.Build(notebooks, folder["paper"], options, folder.Root, katex, browser: null, log.Add, TestContext.Current.CancellationToken);
        return await File.ReadAllTextAsync(folder["paper/paper.html"], TestContext.Current.CancellationToken);
    }

    private string[] Collection()
    {
        folder.Write("README.md", "# Norms, measured\n\nNotebooks that answer.");
        folder.Write("notebooks/references.bib", "@misc{ioffe, author = {S. Ioffe}, title = {Batch Normalization}, eprint = {1502.03167v3}}");
        var first = new SampleNotebook()
            .Markdown("# What does it compute?\n\nA mean $\\mu$ and a [shift](02-shift.ipynb#the-claim).")
            .Markdown("## Forward\n\n$$a=b$$\n\n### By hand\n\n$$c<d$$\n\n## Backward").Code("Charts.Line(x)", SampleNotebook.ChartWithPicture("Loss falls"))
            .Code("Pictures(x)", SampleNotebook.Display(("image/png", SampleNotebook.Png), ("text/plain", "two pictures")))
            .Markdown("<details><summary>Why?</summary>\n\nBecause. See [data](../data/README.md).\n\n</details>")
            .WriteTo(folder, "notebooks/01-forward.ipynb");
        var claim = """{"checks":[{"name":"BN02-shift","passed":true,"message":"0.1; threshold ≤ 0.2","verdict":"holds","kind":"empirical","statement":"It moves less"}]}""";
        var second = new SampleNotebook()
            .Markdown("# Does it fix the shift?\n\nNo.").Code("Lab.Start()", SampleNotebook.Display(("application/vnd.normkernel.provenance+json", new System.Text.Json.Nodes.JsonObject { ["seed"] = 7, ["datasetSha256"] = "ab12" })))
            .Markdown("## The claim\n\nS. Ioffe, [arXiv:1502.03167v3](https://arxiv.org/abs/1502.03167v3), and [BN02-shift](02-shift.ipynb).\n\n$$e$$")
            .Code("Claim()", SampleNotebook.Display(("application/vnd.normkernel.check+json", System.Text.Json.Nodes.JsonNode.Parse(claim)!)))
            .WriteTo(folder, "notebooks/02-shift.ipynb");
        return [first, second];
    }

    [Fact]
    public async Task Chapters_sections_figures_and_equations_have_numbers()
    {
        var html = await Build(new PaperOptions(), Collection());

        Assert.Equal(
            ["1 What does it compute?", "1.1 Forward", "1.1.1 By hand", "1.2 Backward", "2 Does it fix the shift?", "2.1 The claim"],
            NumberedHeading().Matches(html).Select(heading => $"{heading.Groups["number"].Value} {heading.Groups["text"].Value}"));
        Assert.Equal(
            ["a=b(1.1)", "c&lt;d(1.2)", "e(2.1)"],
            Equation().Matches(html).Select(equation => equation.Groups["tex"].Value + equation.Groups["number"].Value));
        Assert.Contains("<figcaption><b>Figure 1.1.</b> Loss falls</figcaption>", html, StringComparison.Ordinal);
        Assert.Contains("<figcaption><b>Figure 1.2.</b> Two pictures</figcaption>", html, StringComparison.Ordinal);
        Assert.Contains("2 chapters with 2 figures, 3 numbered equations and 1 claim (1 holds).", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_lead_to_places_in_the_paper_or_to_numbered_sources()
    {
        var html = await Build(new PaperOptions(), Collection());

        Assert.Contains("a <a href=\"#c2-the-claim\">shift</a>", html, StringComparison.Ordinal);
        Assert.Contains("and <a href=\"#BN02-shift\">BN02-shift</a>", html, StringComparison.Ordinal);
        Assert.Contains("arXiv:1502.03167v3</a> <a class=\"cited\" href=\"#reference-1\">[1]</a>", html, StringComparison.Ordinal);
        Assert.Contains("<li id=\"reference-1\"><span class=\"number\">[1]</span> <span>S. Ioffe. <cite>Batch Normalization</cite>.", html, StringComparison.Ordinal);
        Assert.Contains("See data.</p>", html, StringComparison.Ordinal);
        var ids = Id().Matches(html).Select(id => id.Groups["id"].Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(LocalLink().Matches(html), link => Assert.Contains(link.Groups["id"].Value, ids));
    }

    [Fact]
    public async Task The_file_loads_nothing_from_elsewhere()
    {
        var html = await Build(new PaperOptions(), Collection());

        Assert.Empty(RemoteContent.In(html));
        Assert.All(Loaded().Matches(html), match => Assert.StartsWith("data:", match.Groups["address"].Value, StringComparison.Ordinal));
        Assert.Equal(3, Loaded().Count(html) - Url().Count(html));
        Assert.Contains("src:url(data:font/woff2;base64,Zm9udA==) format('woff2');font-weight:400", html, StringComparison.Ordinal);
        Assert.Contains("window.katex = '<\\/script>';", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_notebooks_give_the_same_bytes()
    {
        var notebooks = Collection();

        Assert.Equal(await Build(new PaperOptions(), notebooks), await Build(new PaperOptions(), notebooks));
    }

    [Fact]
    public async Task Appendices_hold_what_the_numbers_depend_on_and_every_claim()
    {
        var html = await Build(new PaperOptions(Authors: "E. Noether & co."), Collection());

        Assert.Contains("<dt>seed</dt><dd>7</dd>\n<dt>dataset SHA-256</dt><dd>ab12</dd>", html, StringComparison.Ordinal);
        Assert.Contains("<dt>notebook</dt><dd>02-shift.ipynb</dd>\n<dt>its SHA-256</dt>", html, StringComparison.Ordinal);
        Assert.Contains("<td>It moves less<span class=\"message\">0.1; threshold ≤ 0.2</span></td><td class=\"verdict holds\">holds</td>", html, StringComparison.Ordinal);
        Assert.Contains("<p class=\"authors\">E. Noether &amp; co.</p>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_can_be_left_out_and_folded_text_stands_open()
    {
        var notebooks = Collection();
        var (with, without) = (await Build(new PaperOptions(), notebooks), await Build(new PaperOptions(WithCode: false), notebooks));

        Assert.Contains("<pre class=\"code\">", with, StringComparison.Ordinal);
        Assert.DoesNotContain("<pre class=\"code\">", without, StringComparison.Ordinal);
        Assert.Contains("Figure 1.2.", without, StringComparison.Ordinal);
        Assert.Contains("<div class=\"box\"><p class=\"box-title\">Why?</p>", without, StringComparison.Ordinal);
        Assert.DoesNotContain("<details", without, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_browser_the_text_is_written_and_the_missing_print_is_said()
    {
        folder.Write("paper/paper.pdf", "of an earlier text");

        await Build(new PaperOptions(), Collection());

        Assert.Contains(log, line => line.StartsWith("paper.pdf was left out: no Chromium", StringComparison.Ordinal));
        Assert.False(File.Exists(folder["paper/paper.pdf"]));
    }

    [Fact]
    public async Task A_citation_that_is_in_no_bibliography_leaves_the_earlier_paper_alone()
    {
        var notebooks = Collection();
        folder.Write("paper/paper.html", "earlier");
        folder.Write("notebooks/references.bib", "");

        await Assert.ThrowsAsync<BibliographyException>(() => Build(new PaperOptions(), notebooks));

        Assert.Equal("earlier", await File.ReadAllTextAsync(folder["paper/paper.html"], TestContext.Current.CancellationToken));
    }

    [GeneratedRegex("<h[1-4][^>]*><span class=\"number\">(?<number>[0-9.]+)</span> (?<text>[^<]*?) ?<(?!/a)")]
    private static partial Regex NumberedHeading();

    [GeneratedRegex("<span class=\"equation\"[^>]*><span class=\"math display\">(?<tex>[^<]*)</span><span class=\"number\">(?<number>[^<]*)</span></span>")]
    private static partial Regex Equation();

    [GeneratedRegex(" id=\"(?<id>[^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("href=\"#(?<id>[^\"]+)\"")]
    private static partial Regex LocalLink();

    [GeneratedRegex("(?:<(?!a )[a-z]+ [^>]*(?:src|href)=\"|url\\()(?<address>[^\")]+)")]
    private static partial Regex Loaded();

    [GeneratedRegex("url\\(")]
    private static partial Regex Url();
}
