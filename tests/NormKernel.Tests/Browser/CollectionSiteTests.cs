using System.Globalization;
using System.Text.RegularExpressions;

namespace NormKernel.Tests.Browser;

/// <summary>The exported site as a reader uses it: from a folder and without a network.</summary>
[Collection("alone")]
public sealed partial class CollectionSiteTests(CollectionSite site) : IClassFixture<CollectionSite>
{
    private const string First = "01-how-does-batch-normalization-work.html";
    private const string SliderPlot = "[...document.querySelectorAll('.js-plotly-plot')].find(plot => plot.layout.sliders)";
    private const string Shown = $"JSON.stringify({SliderPlot}.data.map(trace => trace.visible !== false))";
    private const string Knob = $"{SliderPlot}.layout.sliders[0].active";
    private const string KeyboardSlider = $"{SliderPlot}.closest('figure').querySelector('input[type=range]')";

    [Fact]
    public async Task Every_page_draws_all_of_its_charts_and_formulas_and_reports_no_error()
    {
        var page = await site.Open("index.html");
        foreach (var name in site.Pages)
        {
            await page.Go(site.Address(name));
            await page.Value("dispatchEvent(new Event('beforeprint')), dispatchEvent(new Event('afterprint'))");
            await page.Until("document.querySelectorAll('figure.chart:not(.drawn), .math:not(.set), .katex-error').length === 0");
            Assert.True(page.Problems.Count == 0, $"{name}: {string.Join(" | ", page.Problems)}");
        }
    }

    [Fact]
    public async Task Every_link_between_pages_leads_to_a_page_and_a_section_that_exist()
    {
        await site.Open("index.html");
        var (places, links) = (new HashSet<string>(site.Pages), new List<(string From, string To)>());
        foreach (var name in site.Pages)
        {
            var html = await site.Read(name);
            places.UnionWith(Id().Matches(html).Select(match => $"{name}#{match.Groups[1]}"));
            links.AddRange(Link().Matches(html).Select(match => $"{match.Groups[1]}").Where(to => !to.Contains(':', StringComparison.Ordinal)).Select(to => (name, to.StartsWith('#') ? name + to : to)));
        }

        Assert.True(links.Count > 10 * site.Pages.Count, $"only {links.Count} links were found");
        Assert.Empty(links.Where(link => !places.Contains(Uri.UnescapeDataString(link.To)) && !site.Has(link.To)).Select(link => $"{link.From}: {link.To}"));
    }

    [Fact]
    public async Task A_slider_moves_by_mouse_and_by_keyboard_and_changes_what_is_drawn()
    {
        var page = await site.Open(First);
        await page.Value("dispatchEvent(new Event('beforeprint')), dispatchEvent(new Event('afterprint'))");
        await page.Until(KeyboardSlider);
        var before = await page.Text(Shown);

        await page.Click($"{SliderPlot}.querySelector('.slider-rail-touch-rect')", across: 0.95);
        await page.Until($"{Knob} > 0 && {Shown} !== {BrowserPage.Quoted(before)}");
        var byMouse = await page.Text(Shown);
        Assert.Equal(await page.Text(Knob), await page.Text($"{KeyboardSlider}.value"));
        await page.Photograph("site-slider");

        await page.Value($"{KeyboardSlider}.focus()");
        await page.Press("ArrowLeft", 37);
        await page.Until($"{Shown} !== {BrowserPage.Quoted(byMouse)}");
        Assert.Empty(page.Problems);
    }

    [Fact]
    public async Task Dark_mode_takes_the_charts_along_and_is_remembered()
    {
        const string Brightness = "getComputedStyle(document.documentElement).backgroundColor.match(/[0-9.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0)";
        const string ChartInk = "getComputedStyle(document.querySelector('.js-plotly-plot .xtick text')).fill";
        var page = await site.Open(First);
        await page.Value("document.querySelector('figure.chart').scrollIntoView()");
        await page.Until("document.querySelector('.js-plotly-plot .xtick text')");
        var (light, ink) = (double.Parse(await page.Text(Brightness), CultureInfo.InvariantCulture), await page.Text(ChartInk));

        await page.Click("document.querySelector('[data-action=theme]')");
        await page.Until($"{Brightness} < {light} / 3 && {ChartInk} !== {BrowserPage.Quoted(ink)}");
        await page.Value("document.querySelector('figure.chart').scrollIntoView()");
        await page.Photograph("site-dark");
        await page.Go(site.Address(site.Pages[2]));
        await page.Until($"{Brightness} < {light} / 3");
        await page.Value("localStorage.clear()");
        Assert.Empty(page.Problems);
    }

    [Fact]
    public async Task Search_finds_sections_of_all_pages_and_opens_the_one_chosen()
    {
        var page = await site.Open("index.html");
        await page.Type("/");
        await page.Until("document.activeElement.matches('#search input')");
        await page.Type("Running averages");
        await page.Until("document.querySelectorAll('#search li').length > 1");
        Assert.Contains("average", (await page.Text("document.querySelector('#search mark').textContent")).ToLowerInvariant() + await page.Text("document.querySelector('#search li').textContent"), StringComparison.Ordinal);
        await page.Photograph("site-search");

        var target = await page.Text("document.querySelector('#search li a').href");
        await page.Click("document.querySelector('#search li a')");
        await page.Until($"location.href === {BrowserPage.Quoted(target)} && document.readyState === 'complete'");
        Assert.Equal("True", await page.Text("!location.hash || document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null"), ignoreCase: true);

        await page.Type("/");
        await page.Type("zyzzyva");
        await page.Until("document.querySelector('#search [role=status]').textContent === 'Nothing found'");
        Assert.Empty(page.Problems);
    }

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("<a [^>]*href=\"([^\"]+)\"")]
    private static partial Regex Link();
}
