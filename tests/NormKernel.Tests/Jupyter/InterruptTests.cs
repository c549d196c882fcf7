using System.Diagnostics;

namespace NormKernel.Tests.Jupyter;

public sealed class InterruptTests(RunningKernel kernel) : IClassFixture<RunningKernel>
{
    private readonly KernelClient client = kernel.Client;

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(60_000);")]
    [InlineData("await Task.Delay(60_000);")]
    [InlineData("Console.ReadLine();")]
    [InlineData("while (true) Console.WriteLine(\"more\");")]
    public void A_cell_that_does_not_end_is_interrupted_and_the_kernel_goes_on(string code)
    {
        client.Execute("var kept = 1;");
        var id = client.Send(client.Shell, "execute_request", new() { ["code"] = $"Console.WriteLine(\"started\"); {code}" });
        client.Broadcast(id, "stream");

        var clock = Stopwatch.StartNew();
        Assert.Equal("ok", client.Ask(client.Control, "interrupt_request")["status"]!.GetValue<string>());
        Assert.Equal("Interrupted", client.Receive(client.Shell).Content["ename"]!.GetValue<string>());
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        client.Broadcasts(id);

        Assert.Equal("1", client.Execute("System.Threading.Thread.Sleep(1); kept").Messages[2].Plain);
    }

    [Fact]
    public void A_question_that_was_interrupted_leaves_the_next_one_as_it_is()
    {
        var id = client.Send(client.Shell, "execute_request", new() { ["code"] = "Console.ReadLine()" });
        Question(id);
        client.Ask(client.Control, "interrupt_request");
        Assert.Equal("Interrupted", client.Reply(client.Shell, id, "the end of the interrupted cell")["ename"]!.GetValue<string>());
        client.Send(client.Stdin, "input_reply", new() { ["value"] = "too late" });

        var next = client.Send(client.Shell, "execute_request", new() { ["code"] = "Console.ReadLine()" });
        Question(next);
        client.Send(client.Stdin, "input_reply", new() { ["value"] = "in time" });
        client.Receive(client.Shell, "the end of the second cell");
        Assert.Equal("in time", client.Broadcast(next, "execute_result").Plain);
    }

    [Fact]
    public void A_cell_that_tidies_up_is_given_the_time_to_do_so()
    {
        var id = client.Send(client.Shell, "execute_request", new() { ["code"] = "void Tidy() => Console.WriteLine(\"tidied\");\nConsole.WriteLine(\"started\"); try { while (true) { } } finally { Tidy(); }" });
        client.Broadcast(id, "stream");
        client.Ask(client.Control, "interrupt_request");
        Assert.Equal("tidied\n", client.Broadcast(id, "stream").Content["text"]!.GetValue<string>());
        client.Receive(client.Shell, "the end of the cell");
    }

    [Fact]
    public void An_interrupt_without_a_cell_does_nothing()
    {
        client.Ask(client.Control, "interrupt_request");
        Assert.Equal("2", client.Execute("System.Threading.Thread.Sleep(20); 1 + 1").Messages[2].Plain);
    }

    [Fact]
    public void Control_requests_and_the_heartbeat_are_answered_while_a_cell_runs()
    {
        var id = client.Send(client.Shell, "execute_request", new() { ["code"] = "Console.WriteLine(1); while (true) { }" });
        client.Broadcast(id, "stream");
        Assert.Equal("ok", client.Ask(client.Control, "kernel_info_request")["status"]!.GetValue<string>());
        Assert.Equal("beat", BeatingHeart.Answer(client, "beat"));
        client.Ask(client.Control, "interrupt_request");
        client.Receive(client.Shell);
    }

    // Those of cells that other tests have interrupted may still lie there.
    private void Question(string id)
    {
        while (client.Receive(client.Stdin, "the cell's question").ParentId != id)
        {
        }
    }
}
