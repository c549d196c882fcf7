using System.Text.Json.Nodes;
using NormKernel.Notebooks;

namespace NormKernel.Tests.Notebooks;

public class CheckTests
{
    [Fact]
    public void Checks_are_read_from_displays_and_results_and_one_that_does_not_say_it_passed_has_not()
    {
        var outputs = JsonNode.Parse($$"""
            [{"output_type": "stream", "name": "stdout", "text": "x"},
             {"output_type": "display_data", "data": {"{{Check.Mime}}": {"checks": [
               {"name": "a", "passed": true, "message": "m", "verdict": "holds"}, {"name": "b"}] } } },
             {"output_type": "execute_result", "data": {"{{Check.Mime}}": {"checks": [{"name": "c", "passed": "yes"}] } } }]
            """)!.AsArray();

        Assert.Equal(
            [new Check("a", true, "m", "holds"), new Check("b", false, "", null), new Check("c", false, "", null)],
            Check.In(outputs));
    }

    [Fact]
    public void Outputs_without_checks_have_none() =>
        Assert.Empty(Check.In([new JsonObject { ["output_type"] = "display_data", ["data"] = new JsonObject { ["text/plain"] = "x" } }]));
}
