using System.Text.Json.Nodes;
using NormKernel.Verifying;

namespace NormKernel.Tests.Verifying;

public class OutputComparisonTests
{
    [Fact]
    public void Pictures_are_not_compared_but_what_they_show_is()
    {
        Assert.Empty(Compare("""{"image/png": "AAAA", "text/plain": "1"}""", """{"text/plain": ["1"]}"""));
        Assert.Equal(
            ["cell 4, output 1 application/vnd.plotly.v1+json data[0].y[0]: 1 → 2"],
            Compare(
                """{"application/vnd.plotly.v1+json": {"data": [{"y": [1]}]}}""",
                """{"application/vnd.plotly.v1+json": {"data": [{"y": [2]}]}}"""));
    }

    [Fact]
    public void A_missing_output_or_mime_type_is_a_difference()
    {
        Assert.Equal(["cell 4, outputs: display_data → none"], OutputComparison.Compare(4, Outputs("{}"), []).Select(Show));
        Assert.Equal(["cell 4, output 1 text/html: present → missing"], Compare("""{"text/html": "x"}""", "{}"));
    }

    [Fact]
    public void Streams_are_compared_however_the_file_holds_their_text()
    {
        JsonArray committed = [JsonNode.Parse("""{"output_type": "stream", "name": "stdout", "text": ["a 1\n", "b 2\n"]}""")];
        JsonArray rerun = [JsonNode.Parse("""{"output_type": "stream", "name": "stdout", "text": "a 1\nb 3\n"}""")];

        Assert.Equal(["cell 4, output 1 stdout line 2: 2 → 3"], OutputComparison.Compare(4, committed, rerun).Select(Show));
    }

    private static IEnumerable<string> Compare(string committed, string rerun) =>
        OutputComparison.Compare(4, Outputs(committed), Outputs(rerun)).Select(Show);

    private static string Show(Difference difference) => difference.ToString();

    private static JsonArray Outputs(string data) =>
        [new JsonObject { ["output_type"] = "display_data", ["data"] = JsonNode.Parse(data), ["metadata"] = new JsonObject() }];
}
