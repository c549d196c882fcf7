using System.Text.Json.Nodes;

namespace NormKernel.Tests.Jupyter;

public sealed class RequestTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    private readonly KernelClient client = kernel.Client;

    [Fact]
    public void The_kernel_says_what_it_is()
    {
        var info = client.Ask("kernel_info_request");
        Assert.Equal(("5.4", "C#", ".cs"), (info["protocol_version"]!.GetValue<string>(), info["language_info"]!["name"]!.GetValue<string>(), info["language_info"]!["file_extension"]!.GetValue<string>()));
        Assert.Empty(info["supported_features"]!.AsArray());
    }

    [Fact]
    public void Completion_knows_what_earlier_cells_declared_and_counts_code_points()
    {
        client.Execute("var numbers = new[] { 1, 2 };");
        const string Code = "var a = \"😀\"; numbers.Su + 1";
        var reply = client.Ask("complete_request", new() { ["code"] = Code, ["cursor_pos"] = 23 });
        Assert.Equal(["Sum"], Strings(reply["matches"]!));
        Assert.Equal((21, 23), (reply["cursor_start"]!.GetValue<int>(), reply["cursor_end"]!.GetValue<int>()));
    }

    [Fact]
    public void Inspection_quotes_the_documentation()
    {
        var reply = client.Ask("inspect_request", new() { ["code"] = "Math.Sqrt(2)", ["cursor_pos"] = 11, ["detail_level"] = 0 });
        Assert.True(reply["found"]!.GetValue<bool>());
        Assert.Contains("double Math.Sqrt(double d)", reply["data"]!["text/plain"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("Returns the square root of a specified number.", reply["data"]!["text/markdown"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.False(client.Ask("inspect_request", new() { ["code"] = "   ", ["cursor_pos"] = 1 })["found"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("1 + 1", "complete", null)]
    [InlineData("#!import ../environment/setup.ipynb", "complete", null)]
    [InlineData("for (var i = 0; i < 3; i++) {", "incomplete", "    ")]
    [InlineData("void F()\n{\n    G(1,", "incomplete", "    ")]
    [InlineData("int = 1;", "invalid", null)]
    [InlineData("#!nonsense", "invalid", null)]
    public void Code_is_complete_incomplete_or_invalid(string code, string status, string? indent)
    {
        var reply = client.Ask("is_complete_request", new() { ["code"] = code });
        Assert.Equal((status, indent), (reply["status"]!.GetValue<string>(), reply["indent"]?.GetValue<string>()));
    }

    [Fact]
    public void History_is_found_by_tail_range_and_pattern()
    {
        foreach (var code in new[] { "/*h*/ 1", "/*h*/ 2", "/*h*/ 1" })
            client.Execute(code);
        client.Execute("/*h*/ 3", new() { ["store_history"] = false });
        var tail = History(new() { ["hist_access_type"] = "tail", ["n"] = 2 });
        Assert.Equal(["/*h*/ 2", "/*h*/ 1"], tail.Select(entry => entry[2]!.GetValue<string>()));

        var (session, line) = (tail[0][0]!.GetValue<int>(), tail[0][1]!.GetValue<int>());
        var range = History(new() { ["hist_access_type"] = "range", ["session"] = session, ["start"] = line, ["stop"] = line + 1, ["output"] = true });
        Assert.Equal("[\"/*h*/ 2\",null]", Assert.Single(range)[2]!.ToJsonString());

        Assert.Equal(3, History(new() { ["hist_access_type"] = "search", ["pattern"] = "/*h*/ ?" }).Count);
        var unique = History(new() { ["hist_access_type"] = "search", ["pattern"] = "/*h*/*", ["unique"] = true });
        Assert.Equal(["/*h*/ 2", "/*h*/ 1"], unique.Select(entry => entry[2]!.GetValue<string>()));
        Assert.Single(History(new() { ["hist_access_type"] = "search", ["pattern"] = "/*h*/*", ["n"] = 1 }));
    }

    [Fact]
    public void Comms_are_closed_because_nothing_answers_them()
    {
        var id = client.Send(client.Shell, "comm_open", new() { ["comm_id"] = "c1", ["target_name"] = "widget", ["data"] = new JsonObject() });
        Assert.Equal("c1", client.Broadcast(id, "comm_close").Content["comm_id"]!.GetValue<string>());
        client.Send(client.Shell, "comm_msg", new() { ["comm_id"] = "c1", ["data"] = new JsonObject() });
        client.Send(client.Shell, "comm_close", new() { ["comm_id"] = "c1", ["data"] = new JsonObject() });
        Assert.Empty(client.Ask("comm_info_request")["comms"]!.AsObject());
    }

    [Fact]
    public void What_the_kernel_does_not_offer_is_refused_and_not_left_unanswered()
    {
        foreach (var type in new[] { "create_subshell_request", "delete_subshell_request", "list_subshell_request", "unheard_of_request" })
            Assert.Equal("error", client.Ask(client.Control, type)["status"]!.GetValue<string>());
        Assert.Equal("error", client.Ask("unheard_of_request")["status"]!.GetValue<string>());
        var debug = client.Ask(client.Control, "debug_request", new() { ["type"] = "request", ["seq"] = 7, ["command"] = "initialize" });
        Assert.Equal((false, 7, "initialize"), (debug["success"]!.GetValue<bool>(), debug["request_seq"]!.GetValue<int>(), debug["command"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("execute_request", "{}", "code")]
    [InlineData("execute_request", "{\"code\": 3}", "code")]
    [InlineData("execute_request", "{\"code\": \"1\", \"silent\": \"yes\"}", "silent")]
    [InlineData("complete_request", "{\"code\": \"\", \"cursor_pos\": 1.5}", "cursor_pos")]
    [InlineData("history_request", "{\"hist_access_type\": \"all\"}", "hist_access_type")]
    public void A_content_that_makes_no_sense_is_answered_with_what_is_wrong(string type, string content, string named)
    {
        var reply = client.Ask(type, JsonNode.Parse(content)!.AsObject());
        Assert.Equal("InvalidMessage", reply["ename"]!.GetValue<string>());
        Assert.Contains($"`{named}`", reply["evalue"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private List<JsonArray> History(JsonObject request) => [.. client.Ask("history_request", request)["history"]!.AsArray().Select(entry => entry!.AsArray())];

    private static IEnumerable<string> Strings(JsonNode array) => array.AsArray().Select(item => item!.GetValue<string>());
}
