using System.Text.Json.Nodes;
using NormKernel.Site.Outputs;

namespace NormKernel.Tests.Site.Outputs;

public sealed class FigureTests
{
    [Theory]
    [InlineData("""{"layout":{"title":{"text":"BN<br>is <b>fast</b>"}}}""", "BN is fast")]
    [InlineData("""{"layout":{"title":"Old form"}}""", "Old form")]
    [InlineData("""{"layout":{"xaxis":{"title":{"text":"step"}},"yaxis":{"title":{"text":"loss"}}}}""", "Chart of loss against step")]
    [InlineData("""{"data":[]}""", "Chart")]
    public void A_figure_describes_itself_by_its_title_or_its_axes(string figure, string description) =>
        Assert.Equal(description, Figure.Description(JsonNode.Parse(figure)!));

    [Fact]
    public void Json_cannot_end_the_script_element_that_it_stands_in()
    {
        var json = Figure.Json(new JsonObject { ["text"] = "</script><!--", ["data"] = "a+b" });

        Assert.DoesNotContain('<', json);
        Assert.Equal("</script><!--", (string?)JsonNode.Parse(json)!["text"]);
        Assert.Contains("a+b", json, StringComparison.Ordinal);
    }
}
