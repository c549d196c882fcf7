using System.Text.Json.Nodes;
using NormKernel.Notebooks;
using NormKernel.Running;
using NormKernel.Workers;

namespace NormKernel.Tests.Running;

public class CellOutputsTests
{
    private readonly DisplayIds displayIds = new();

    [Fact]
    public void Consecutive_text_of_one_stream_becomes_one_output()
    {
        var outputs = Collect(Text("stdout", "a"), Text("stdout", "b\n"), Text("stderr", "c"), Text("stdout", "d"));

        Assert.Equal(["stdout: ab\n", "stderr: c", "stdout: d"], outputs.Select(Show));
    }

    [Fact]
    public void A_display_between_two_texts_stays_between_them() =>
        Assert.Equal(
            ["stdout: a", "display_data: x", "stdout: b"],
            Collect(Text("stdout", "a"), Display("x"), Text("stdout", "b")).Select(Show));

    [Fact]
    public void A_carriage_return_overwrites_across_pieces_of_text() =>
        Assert.Equal(["stdout: 20 %\n"], Collect(Text("stdout", "10 %"), Text("stdout", "\r20 %"), Text("stdout", "\n")).Select(Show));

    [Fact]
    public void A_result_carries_the_execution_count()
    {
        var output = Assert.Single(Collect(new CellResult(1, Bundle("2"))))!;

        Assert.Equal("execute_result", output["output_type"]!.GetValue<string>());
        Assert.Equal(7, output["execution_count"]!.GetValue<int>());
    }

    [Fact]
    public void An_error_has_the_shape_of_nbformat()
    {
        var output = Assert.Single(Collect(new CellError(1, "System.Exception", "no", ["line 1", "line 2"])))!;

        Assert.Equal(
            """{"output_type":"error","ename":"System.Exception","evalue":"no","traceback":["line 1","line 2"]}""",
            output.ToJsonString());
    }

    [Fact]
    public void An_update_replaces_every_display_of_its_id_even_in_an_earlier_cell()
    {
        var earlier = Collect(Display("old", "id"), Display("other"));
        var later = Collect(Display("old", "id"), Update("new", "id"), Update("nobody", "unknown"));

        Assert.Equal(["display_data: new", "display_data: other"], earlier.Select(Show));
        Assert.Equal(["display_data: new"], later.Select(Show));
    }

    [Fact]
    public void Clearing_empties_the_outputs_at_once_or_when_the_next_one_comes()
    {
        Assert.Equal(["stdout: b"], Collect(Text("stdout", "a"), new CellClear(1, Wait: false), Text("stdout", "b")).Select(Show));
        Assert.Equal(["stdout: b"], Collect(Text("stdout", "a"), new CellClear(1, Wait: true), Text("stdout", "b")).Select(Show));
        Assert.Equal(["stdout: a"], Collect(Text("stdout", "a"), new CellClear(1, Wait: true)).Select(Show));
    }

    private JsonArray Collect(params CellEvent[] events)
    {
        var outputs = new CellOutputs(executionCount: 7, displayIds);
        foreach (var cellEvent in events)
            outputs.Add(cellEvent);
        return outputs.ToJson();
    }

    private static CellText Text(string name, string text) => new(1, name, text);

    private static CellDisplay Display(string text, string? id = null) => new(1, Bundle(text), [], id, Update: false);

    private static CellDisplay Update(string text, string id) => new(1, Bundle(text), [], id, Update: true);

    private static JsonObject Bundle(string text) => new() { ["text/plain"] = text };

    private static string Show(JsonNode? output) => output!["output_type"]!.GetValue<string>() switch
    {
        "stream" => $"{output["name"]}: {MultilineText.Join(output["text"])}",
        var type => $"{type}: {MultilineText.Join(output["data"]!["text/plain"])}",
    };
}
