using NormKernel.Site;
using NormKernel.Site.Pictures;

namespace NormKernel.Tests.Site;

public sealed class SiteInBrowserTests
{
    // Runs before everything else on the page and notes what goes wrong, files that do not load included.
    private const string Watch = """
        <script>
        const wrong = [];
        const note = text => { wrong.push(text); document.documentElement.dataset.wrong = wrong.join(" | "); };
        addEventListener("error", event => note(event.message ?? `not loaded: ${event.target.src ?? event.target.href}`), true);
        addEventListener("unhandledrejection", event => note(String(event.reason)));
        console.error = note;
        </script>
        """;

    [Fact]
    public async Task A_page_opened_from_a_folder_sets_formulas_draws_charts_and_reports_no_error()
    {
        var browser = Chromium.Find();
        Assert.SkipWhen(browser is null, "no Chromium, Chrome or Edge is installed here to open the page with");
        using var folder = new TestFolder(browser.CreateFolder());
        var notebook = new SampleNotebook()
            .Markdown("# Title\n\nThe mean $\\mu$.\n\n## Part\n\n$$\\begin{aligned}a &= b \\\\ c &= d\\end{aligned}$$")
            .Code("Charts.Line(x)", SampleNotebook.ChartWithPicture("Loss falls"))
            .WriteTo(folder, "notebook.ipynb");
        await SiteBuilder.Build([notebook], folder["site"], _ => { }, TestContext.Current.CancellationToken);
        var page = folder["site/notebook.html"];
        var html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.SkipWhen(html.Contains("https://cdn.", StringComparison.Ordinal), "KaTeX is neither installed nor to be had here");
        await File.WriteAllTextAsync(page, html.Replace("<head>", "<head>" + Watch, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var dom = await browser.Dom(page, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("data-wrong=", dom, StringComparison.Ordinal);
        Assert.Contains("class=\"math inline set\"", dom, StringComparison.Ordinal);
        Assert.Contains("class=\"katex-display\"", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("katex-error", dom, StringComparison.Ordinal);
        Assert.Contains("class=\"chart drawn\"", dom, StringComparison.Ordinal);
        Assert.Contains("class=\"main-svg\"", dom, StringComparison.Ordinal);
    }
}
