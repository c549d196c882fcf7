using System.Diagnostics;
using System.Text.Json.Nodes;
using NormKernel.Commands;
using NormKernel.Tests.Commands;

namespace NormKernel.Tests.Jupyter;

public sealed class KernelProcessTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("control", false, "")]
    [InlineData("control", true, "while (true) { }")]
    [InlineData("control", false, "System.Threading.Thread.Sleep(60_000);")]
    [InlineData("shell", false, "")]
    public void A_shutdown_is_answered_and_ends_the_process_whatever_it_is_doing(string channel, bool restart, string code)
    {
        using var kernel = new KernelProcess();
        var client = kernel.Client;
        client.AwaitWelcome();
        if (code.Length > 0)
            client.Broadcast(client.Send(client.Shell, "execute_request", new() { ["code"] = $"Console.WriteLine(1); {code}" }), "stream");

        var reply = client.Ask(channel == "shell" ? client.Shell : client.Control, "shutdown_request", new() { ["restart"] = restart });

        Assert.Equal(restart, reply["restart"]!.GetValue<bool>());
        Assert.True(kernel.Process.WaitForExit(Soon), "the kernel goes on");
        Assert.Equal(ExitCode.Success, kernel.Process.ExitCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("while (true) { }")]
    public void A_kernel_ends_when_the_process_that_started_it_has_gone(string code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the test starts a sleep process, which Windows has not");
        using var parent = Process.Start("sleep", "600");
        using var kernel = new KernelProcess(parent.Id);
        kernel.Client.AwaitWelcome();
        if (code.Length > 0)
            kernel.Client.Broadcast(kernel.Client.Send(kernel.Client.Shell, "execute_request", new() { ["code"] = $"Console.WriteLine(1); {code}" }), "stream");
        Assert.False(kernel.Process.WaitForExit(TimeSpan.FromSeconds(1.5)), "the kernel ended before its parent");

        parent.Kill();

        Assert.True(kernel.Process.WaitForExit(Soon), "the kernel outlives its parent");
    }

    [Fact]
    public void A_cell_that_sees_no_interruption_is_told_of_and_a_further_interrupt_ends_the_kernel()
    {
        using var kernel = new KernelProcess();
        var client = kernel.Client;
        client.AwaitWelcome();
        var id = client.Send(client.Shell, "execute_request", new() { ["code"] = "Console.WriteLine(1); Enumerable.Repeat(1, int.MaxValue).Select(x => x + 1).Where(x => x < 0).Concat(Enumerable.Repeat(1, int.MaxValue)).All(x => x < 0)" });
        client.Broadcast(id, "stream");
        client.Ask(client.Control, "interrupt_request");
        client.Ask(client.Control, "interrupt_request");
        Assert.Contains("interrupt once more", client.Broadcast(id, "stream").Content["text"]!.GetValue<string>(), StringComparison.Ordinal);

        client.Ask(client.Control, "interrupt_request");

        Assert.Contains("starts it anew", client.Broadcast(id, "stream").Content["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.True(kernel.Process.WaitForExit(Soon), "the kernel goes on");
        Assert.NotEqual(ExitCode.Success, kernel.Process.ExitCode);
    }

    [Fact]
    public void Loops_are_interrupted_again_and_again_while_memory_is_collected()
    {
        using var kernel = new KernelProcess();
        var client = kernel.Client;
        client.AwaitWelcome();
        client.Execute("_ = Task.Run(async () => { while (true) { await Task.Delay(20); GC.Collect(); } });");
        for (var time = 0; time < 3; time++)
        {
            client.Broadcast(client.Send(client.Shell, "execute_request", new() { ["code"] = "Console.WriteLine(1); while (true) { }" }), "stream");
            Thread.Sleep(100);
            client.Ask(client.Control, "interrupt_request");
            Assert.Equal("Interrupted", client.Receive(client.Shell).Content["ename"]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData("{", "is not a Jupyter connection file")]
    [InlineData("{}", "is not a Jupyter connection file")]
    [InlineData("ip: 0.0.0.0", "the address is '0.0.0.0'")]
    [InlineData("ip: 192.168.1.5", "the address is '192.168.1.5'")]
    [InlineData("transport: ipc", "the transport is 'ipc'")]
    [InlineData("signature_scheme: hmac-md5", "hmac-md5")]
    public async Task A_connection_file_that_cannot_be_served_is_refused_with_the_reason(string change, string reason)
    {
        using var workplace = new Workplace();
        await File.WriteAllTextAsync(workplace["connection.json"], ConnectionWith(change), TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Failure, await workplace.Run("jupyter", workplace["connection.json"]));

        Assert.Contains(reason, workplace.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_that_names_it()
    {
        using var taken = new RunningKernel();
        using var workplace = new Workplace();
        await File.WriteAllTextAsync(workplace["connection.json"], System.Text.Json.JsonSerializer.Serialize(taken.Connection), TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Failure, await workplace.Run("jupyter", workplace["connection.json"]));

        Assert.Contains($"port {taken.Connection.ShellPort}", workplace.Error, StringComparison.Ordinal);
    }

    private static string ConnectionWith(string change)
    {
        if (change.Split(": ") is not [var name, var value])
            return change;

        var connection = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(KernelClient.FreeConnection()))!;
        connection[name] = value;
        return connection.ToJsonString();
    }
}
