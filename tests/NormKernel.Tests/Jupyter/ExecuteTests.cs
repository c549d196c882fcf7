using System.Text.Json.Nodes;

namespace NormKernel.Tests.Jupyter;

public sealed class ExecuteTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    private readonly KernelClient client = kernel.Client;

    [Fact]
    public void A_cell_is_announced_run_and_answered_in_the_order_of_the_protocol()
    {
        var (reply, messages) = client.Execute("Console.WriteLine(\"héllo 😀\"); 20 + 1");

        Assert.Equal(["status", "execute_input", "stream", "execute_result", "status"], messages.Select(message => message.Type));
        Assert.Equal(("busy", "idle"), (messages[0].State, messages[^1].State));
        Assert.Equal("Console.WriteLine(\"héllo 😀\"); 20 + 1", messages[1].Content["code"]!.GetValue<string>());
        Assert.Equal(("stdout", "héllo 😀\n"), (messages[2].Content["name"]!.GetValue<string>(), messages[2].Content["text"]!.GetValue<string>()));
        Assert.Equal("21", messages[3].Plain);
        Assert.Equal("ok", reply["status"]!.GetValue<string>());
        Assert.Equal(reply["execution_count"]!.GetValue<int>(), messages[3].Content["execution_count"]!.GetValue<int>());
    }

    [Fact]
    public void Counts_go_up_by_one_except_for_cells_that_are_not_to_be_remembered()
    {
        int Count(JsonObject? options) => client.Execute("1", options).Reply["execution_count"]!.GetValue<int>();
        var first = Count(null);
        Assert.Equal(first + 1, Count(null));
        Assert.Equal(first + 1, Count(new() { ["store_history"] = false }));
        Assert.Equal(first + 1, Count(new() { ["silent"] = true }));
        Assert.Equal(first + 2, Count(null));
    }

    [Fact]
    public void A_silent_cell_runs_and_broadcasts_nothing()
    {
        var (_, messages) = client.Execute("var quiet = 5; Console.WriteLine(quiet); quiet", new() { ["silent"] = true });
        Assert.Equal(["status", "status"], messages.Select(message => message.Type));
        Assert.Equal("5", client.Execute("quiet").Messages[2].Plain);
    }

    [Fact]
    public void A_display_can_be_updated_and_a_later_update_names_the_same_display()
    {
        var shown = client.Execute("var handle = \"first\".Display();").Messages.Single(message => message.Type == "display_data");
        var updated = client.Execute("handle.Update(\"second\");").Messages.Single(message => message.Type == "update_display_data");
        Assert.Equal(("first", "second"), (shown.Plain, updated.Plain));
        Assert.NotEmpty(shown.Content["transient"]!["display_id"]!.GetValue<string>());
        Assert.Equal(Text(shown.Content["transient"]!), Text(updated.Content["transient"]!));
    }

    [Theory]
    [InlineData("var fine = 1;\nint Fail() => throw new InvalidOperationException(\"no\");\nFail();", "System.InvalidOperationException", "line 2")]
    [InlineData("var fine = 1;\nvar bad = ;", "CompilationError", "(2,11)")]
    [InlineData("#r \"nuget: \"", "DirectiveError", "line 1")]
    public void An_error_names_the_cell_and_the_line(string code, string name, string place)
    {
        var (reply, messages) = client.Execute(code);
        var error = messages.Single(message => message.Type == "error");
        Assert.Equal("error", reply["status"]!.GetValue<string>());
        Assert.Equal(name, error.Content["ename"]!.GetValue<string>());
        Assert.Equal(Text(error.Content["traceback"]!), Text(reply["traceback"]!));
        var traceback = Text(error.Content["traceback"]!);
        Assert.Contains($"cell {reply["execution_count"]}", traceback, StringComparison.Ordinal);
        Assert.Contains(place, traceback, StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_that_were_sent_along_with_a_failing_one_are_not_run()
    {
        string Run(string code) => client.Send(client.Shell, "execute_request", new() { ["code"] = code });
        string[] ids = [Run("var before = 1;"), Run("throw new Exception();"), Run("before = 2;")];
        var info = client.Send(client.Shell, "kernel_info_request");
        var replies = Enumerable.Range(0, 4).Select(_ => client.Receive(client.Shell)).ToDictionary(reply => reply.ParentId!);
        Assert.Equal(["ok", "error", "aborted"], ids.Select(id => replies[id].Content["status"]!.GetValue<string>()));
        Assert.Equal("kernel_info_reply", replies[info].Type);
        client.Broadcasts(info);
        Assert.Equal("1", client.Execute("before").Messages[2].Plain);
    }

    [Fact]
    public void Cells_after_a_failing_one_run_where_the_front_end_says_so()
    {
        client.Send(client.Shell, "execute_request", new() { ["code"] = "throw new Exception();", ["stop_on_error"] = false });
        client.Send(client.Shell, "execute_request", new() { ["code"] = "1" });
        Assert.Equal("error", client.Receive(client.Shell).Content["status"]!.GetValue<string>());
        Assert.Equal("ok", client.Receive(client.Shell).Content["status"]!.GetValue<string>());
    }

    [Fact]
    public void User_expressions_have_values_or_errors_of_their_own()
    {
        var (reply, _) = client.Execute("var a = 3;", new() { ["user_expressions"] = new JsonObject { ["square"] = "a * a", ["wrong"] = "nothing" } });
        var results = reply["user_expressions"]!;
        Assert.Equal("9", results["square"]!["data"]!["text/plain"]!.GetValue<string>());
        Assert.Equal(("ok", "error"), (results["square"]!["status"]!.GetValue<string>(), results["wrong"]!["status"]!.GetValue<string>()));
        Assert.Equal("ok", reply["status"]!.GetValue<string>());
    }

    [Fact]
    public void What_a_cell_leaves_running_prints_below_that_cell()
    {
        var id = client.Send(client.Shell, "execute_request", new() { ["code"] = "_ = Task.Run(async () => { await Task.Delay(300); Console.WriteLine(\"late\"); });" });
        client.Receive(client.Shell);
        client.Broadcasts(id);
        Assert.Equal("late\n", client.Broadcast(id, "stream").Content["text"]!.GetValue<string>());
    }

    private static string Text(JsonNode node) => node.ToJsonString();
}
