using System.Text.Json.Nodes;

namespace NormKernel.Tests.Jupyter;

/// <summary>One kernel process, interrupted over and over in whatever it is doing.</summary>
[Collection("alone")]
public sealed class InterruptionStressTests
{
    private const int Rounds = 50;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan UntilBuilt = TimeSpan.FromMinutes(3);

    private static readonly string[] Endless =
    [
        "while (true) { }",
        "System.Threading.Thread.Sleep(60_000);",
        "await Task.Delay(60_000);",
        "while (true) await Task.Delay(1);",
        "Console.ReadLine();",
        "while (true) Console.WriteLine(\"more\");",
        "while (true) new[] { 1, 2 }.Display();",
        "using (torch.NewDisposeScope()) { var a = torch.rand(64, 64); while (true) a.mm(a).Dispose(); }",
        "Endless();",
        "long bytes = 0; while (true) bytes += new byte[100_000].Length;",
        "var key = new object(); while (true) { try { lock (key) System.Threading.Thread.Sleep(1); } finally { System.Threading.Thread.Yield(); } }",
        "int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2); Fib(80)",
        "Enumerable.Range(0, int.MaxValue).Select(i => { return Math.Sqrt(i); }).Where(x => x < 0).Count()",
        "System.Threading.Tasks.Parallel.For(0, 4, i => { while (true) { } });",
        "while (true) { try { System.Threading.Thread.Sleep(60_000); } catch (Exception) { } }",
        "Enumerable.Repeat(1.5, int.MaxValue).Aggregate((a, b) => { lock (shared) return a + b; })",
        "Trainer.Train(network, data, new TrainingOptions { Epochs = 1_000 });",
    ];

    [Fact]
    public void Fifty_random_cells_interrupted_at_random_moments_leave_a_kernel_that_answers()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("NORM_STRESS_SEED"), out var given) ? given : 1;
        var random = new Random(seed);
        using var kernel = new KernelProcess(folder: Path.Combine(Repository.FindRoot(AppContext.BaseDirectory)!, "notebooks"));
        var client = kernel.Client;
        client.AwaitWelcome();
        Prepare(client);
        for (var round = 0; round < Rounds; round++)
        {
            var code = Endless[random.Next(Endless.Length)];
            var when = $"seed {seed}, round {round}: `{code}`";
            var id = client.Send(client.Shell, "execute_request", new() { ["code"] = $"Console.WriteLine(\"started\");\n{code}", ["stop_on_error"] = false });
            // Up to some time after its start, or while it is still being compiled.
            if (random.Next(5) > 0)
                client.Broadcast(id, "stream");
            Thread.Sleep(random.Next(300));

            Assert.Equal("ok", client.Reply(client.Control, client.Send(client.Control, "interrupt_request"), $"the reply to the interrupt ({when})", Soon)["status"]!.GetValue<string>());
            var reply = client.Reply(client.Shell, id, $"the end of the cell ({when})", Soon);
            Assert.True(reply["ename"]?.GetValue<string>() == "Interrupted", $"{when}: {reply.ToJsonString()}");
            client.Broadcasts(id);

            var sum = client.Send(client.Shell, "execute_request", new() { ["code"] = $"{round} + 1" });
            client.Reply(client.Shell, sum, $"the answer after {when}", Soon);
            Assert.Equal($"{round + 1}", client.Broadcast(sum, "execute_result").Plain);
            client.Broadcasts(sum);
        }

        Assert.False(kernel.Process.HasExited);
    }

    private static void Prepare(KernelClient client)
    {
        string[] cells =
        [
            "#!import ../environment/setup.ipynb",
            "var data = ImageData.Load(train: 200, test: 50);\nvar network = Networks.Cnn(null, seed: 1);",
            "void Endless() { for (; ; ) { } }\nvar shared = new object();",
        ];
        foreach (var code in cells)
        {
            var id = client.Send(client.Shell, "execute_request", new JsonObject { ["code"] = code });
            var reply = client.Reply(client.Shell, id, $"the end of `{code}`", UntilBuilt);
            Assert.True(reply["status"]!.GetValue<string>() == "ok", reply.ToJsonString());
        }
    }
}
