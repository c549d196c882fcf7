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

    // Chooses as a reader would, and notes after each choice which rows are left and what the count says.
    private const string Choose = """
        <script type="module">
        const fields = document.querySelector(".filters").elements;
        const seen = [];
        const note = () => seen.push([...document.querySelectorAll(".scoreboard tbody tr")].filter(row => row.checkVisibility())
          .map(row => row.querySelector("code").textContent).join("+") + "=" + document.querySelector(".filters output").value);
        const choose = (name, value) => { fields[name].value = value; fields[name].dispatchEvent(new Event("input", { bubbles: true })); note(); };
        note();
        choose("verdict", "fails");
        choose("kind", "identity");
        choose("verdict", "");
        choose("text", "says AB01-ZERO");
        document.querySelector(".filters button").click();
        await new Promise(done => setTimeout(done, 50));
        note();
        choose("notebook", "b");
        document.documentElement.dataset.seen = seen.join(" ");
        </script>
        """;

    [Fact]
    public async Task The_claims_are_filtered_by_words_kind_verdict_and_notebook()
    {
        var browser = Chromium.Find();
        Assert.SkipWhen(browser is null, "no Chromium, Chrome or Edge is installed here to open the page with");
        using var folder = new TestFolder(browser.CreateFolder());
        string[] notebooks =
        [
            new SampleNotebook().Markdown("# A").Code("x", SampleNotebook.Claim("AB01-zero", 0, 1), SampleNotebook.Claim("AB01-one", 2, 1, "numerical", "fails")).WriteTo(folder, "a.ipynb"),
            new SampleNotebook().Markdown("# B").Code("x", SampleNotebook.Claim("AB02-two", 0, 1)).WriteTo(folder, "b.ipynb"),
        ];
        await SiteBuilder.Build(notebooks, folder["site"], _ => { }, TestContext.Current.CancellationToken);
        var page = folder["site/index.html"];
        var html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(page, html.Replace("<head>", "<head>" + Watch, StringComparison.Ordinal).Replace("</body>", Choose + "</body>", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var dom = await browser.Dom(page, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("data-wrong=", dom, StringComparison.Ordinal);
        Assert.Contains("data-seen=\"AB01-zero+AB01-one+AB02-two=all 3 AB01-one=1 of 3 =0 of 3 AB01-zero+AB02-two=2 of 3 AB01-zero=1 of 3 AB01-zero+AB01-one+AB02-two=all 3 AB02-two=1 of 3\"", dom, StringComparison.Ordinal);
    }
}
