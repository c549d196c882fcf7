using System.Text.Json.Nodes;

namespace NormKernel.Tests.Jupyter;

public sealed class InputTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    private readonly KernelClient client = kernel.Client;

    [Theory]
    [InlineData("Console.ReadLine() + \"!\"", "")]
    [InlineData("await Kernel.GetInputAsync(\"who?\") + \"!\"", "who?")]
    [InlineData("$\"{(char)Console.Read()}{Console.ReadLine()}!\"", "")]
    public void A_cell_that_reads_gets_what_the_user_types(string code, string prompt)
    {
        var id = client.Send(client.Shell, "execute_request", new() { ["code"] = code, ["allow_stdin"] = true });
        var question = client.Receive(client.Stdin);
        Assert.Equal(("input_request", prompt, id), (question.Type, question.Content["prompt"]!.GetValue<string>(), question.ParentId));
        Assert.False(question.Content["password"]!.GetValue<bool>());

        client.Send(client.Stdin, "input_reply", new() { ["value"] = "Ada" });

        Assert.Equal("ok", client.Receive(client.Shell).Content["status"]!.GetValue<string>());
        Assert.Equal("Ada!", client.Broadcast(id, "execute_result").Plain);
    }

    [Fact]
    public void What_was_printed_is_shown_before_the_question()
    {
        var id = client.Send(client.Shell, "execute_request", new() { ["code"] = "Console.Write(\"name: \"); Console.ReadLine()" });
        client.Receive(client.Stdin);
        Assert.Equal("name: ", client.Broadcast(id, "stream").Content["text"]!.GetValue<string>());
        client.Send(client.Stdin, "input_reply", new() { ["value"] = "" });
        client.Receive(client.Shell);
    }

    [Fact]
    public void A_front_end_without_input_makes_reading_an_error_that_says_so()
    {
        var (reply, _) = client.Execute("Console.ReadLine()", new JsonObject { ["allow_stdin"] = false });
        Assert.Equal("System.InvalidOperationException", reply["ename"]!.GetValue<string>());
        Assert.Contains("allow_stdin", reply["evalue"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_that_nobody_asked_for_is_not_taken_for_the_next()
    {
        client.Send(client.Stdin, "input_reply", new() { ["value"] = "stray" });
        Thread.Sleep(200);
        var id = client.Send(client.Shell, "execute_request", new() { ["code"] = "Console.ReadLine()" });
        client.Receive(client.Stdin);
        client.Send(client.Stdin, "input_reply", new() { ["value"] = "asked" });
        client.Receive(client.Shell);
        Assert.Equal("asked", client.Broadcast(id, "execute_result").Plain);
    }
}
