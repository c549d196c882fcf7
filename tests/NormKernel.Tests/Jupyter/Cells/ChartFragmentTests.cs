using System.Text.Json.Nodes;
using NormKernel.Jupyter.Cells;

namespace NormKernel.Tests.Jupyter.Cells;

public class ChartFragmentTests
{
    private const string Plotly = "application/vnd.plotly.v1+json";

    private static JsonObject Figure(string title) =>
        new() { ["data"] = new JsonArray(), ["layout"] = new JsonObject { ["height"] = 321.5, ["title"] = title } };

    [Fact]
    public void A_figure_gets_a_page_fragment_that_keeps_its_place_and_cannot_be_left_by_its_text()
    {
        var html = ChartFragment.AddTo(new() { [Plotly] = Figure("</script><b>$ID") })["text/html"]!.GetValue<string>();
        Assert.Contains("min-height:321.5px", html, StringComparison.Ordinal);
        Assert.Equal(1, html.Split("</script>").Length - 1);
        Assert.Contains("$ID", html, StringComparison.Ordinal); // the title's own, not a placeholder that was missed
        Assert.Equal(1, html.Split("$ID").Length - 1);
        Assert.Contains("kernelspecs/normkernel/plotly.min.js", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"text/plain": "a"}""")]
    [InlineData("""{"application/vnd.plotly.v1+json": {"data": []}, "text/html": "its own"}""")]
    public void Other_bundles_and_figures_that_bring_html_stay_as_they_are(string bundle) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(bundle), ChartFragment.AddTo(JsonNode.Parse(bundle)!.AsObject())));

    [Theory]
    [InlineData("""{"application/vnd.plotly.v1+json": {"data": []}}""")]
    [InlineData("""{"application/vnd.plotly.v1+json": {"data": [], "layout": {"height": "tall"}}}""")]
    public void A_figure_without_a_height_has_plotlys_own(string bundle) =>
        Assert.Contains("min-height:450px", ChartFragment.AddTo(JsonNode.Parse(bundle)!.AsObject())["text/html"]!.GetValue<string>(), StringComparison.Ordinal);
}
