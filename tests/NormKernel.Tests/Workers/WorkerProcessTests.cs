using System.Diagnostics;
using NormKernel.Workers;

namespace NormKernel.Tests.Workers;

public sealed class WorkerProcessTests : IDisposable
{
    private readonly WorkerProcess worker = WorkerProcess.Start(Path.GetTempPath(), new Dictionary<string, string> { ["FOR_THE_WORKER"] = "set" });

    public void Dispose() => worker.Dispose();

    [Fact]
    public async Task Cells_run_in_a_process_of_their_own_and_keep_their_state()
    {
        await Run("var x = Environment.ProcessId; Console.WriteLine(\"hello\"); x.Display();");
        var events = await Run("(x, Environment.GetEnvironmentVariable(\"FOR_THE_WORKER\"))");
        Assert.Equal($"({worker.Id}, \"set\")", Assert.IsType<CellResult>(events[0]).Data["text/plain"]!.GetValue<string>());
        Assert.Equal(new CellFinished(0, true), events[1]);
    }

    [Fact]
    public async Task Events_come_in_order_and_end_with_finished()
    {
        var events = await Run("Console.Write(\"a\"); 1.Display(); Console.Error.Write(\"b\"); throw new Exception(\"c\");", cell: 7);
        Assert.Equal(new CellText(7, "stdout", "a"), events[0]);
        Assert.Equal("1", Assert.IsType<CellDisplay>(events[1]).Data["text/plain"]!.GetValue<string>());
        Assert.Equal(new CellText(7, "stderr", "b"), events[2]);
        var error = Assert.IsType<CellError>(events[3]);
        Assert.Equal(["System.Exception: c", "   at cell 1, line 1"], error.Traceback);
        Assert.Equal(new CellFinished(7, false), events[4]);
    }

    [Fact]
    public async Task A_stack_overflow_is_reported()
    {
        var events = await Run("int Deep(int n) => 1 + Deep(n + 1) + 1;\nDeep(0)");
        Assert.StartsWith("the process that ran this notebook ended unexpectedly: stack overflow", events.OfType<CellError>().Single().Message, StringComparison.Ordinal);
        Assert.Equal(new CellFinished(0, false), events[^1]);
        var after = await Run("1");
        Assert.Equal(new CellFinished(0, false), after[^1]);
    }

    [Theory]
    [InlineData("Environment.Exit(3);", "exit code 3")]
    [InlineData("new System.Threading.Thread(() => throw new Exception(\"lost\")).Start(); System.Threading.Thread.Sleep(60_000);", "an exception that nothing caught")]
    public async Task Every_unexpected_end_says_how(string code, string cause)
    {
        var error = (await Run(code)).OfType<CellError>().Single();
        Assert.StartsWith("the process that ran this notebook ended unexpectedly: " + cause, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_printed_past_the_console_is_passed_on()
    {
        var events = await Run("using (var raw = Console.OpenStandardOutput()) raw.Write(\"raw\\n\"u8); await Task.Delay(200);");
        Assert.Contains(new CellText(0, "stdout", "raw\n"), events);
    }

    [Fact]
    public async Task Kill_ends_a_busy_worker_and_what_it_started_within_a_second()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("the cell starts a sleep process, which Windows has not");

        var child = 0;
        var running = Task.Run(async () =>
        {
            await foreach (var cellEvent in worker.Execute(new CellRequest(0, 1, "Console.Write(System.Diagnostics.Process.Start(\"sleep\", \"100\").Id); while (true) { }"), TestContext.Current.CancellationToken))
            {
                if (cellEvent is CellText text)
                    Volatile.Write(ref child, int.Parse(text.Text, System.Globalization.CultureInfo.InvariantCulture));
            }
        }, TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref child) != 0, TimeSpan.FromSeconds(30)));

        var watch = Stopwatch.StartNew();
        worker.Kill();
        await running;
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"{watch.Elapsed}");
        Assert.True(SpinWait.SpinUntil(() => IsGone(child), TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_worker_that_dies_in_the_middle_of_an_event_is_reported()
    {
        var (text, ended) = (0, new List<CellEvent>());
        await foreach (var cellEvent in worker.Execute(new CellRequest(0, 1, "while (true) Console.Write(new string('x', 1_000_000));"), TestContext.Current.CancellationToken))
        {
            if (cellEvent is not CellText)
                ended.Add(cellEvent);
            else if (text++ == 0)
                Process.GetProcessById(worker.Id).Kill();
        }

        Assert.StartsWith("the process that ran this notebook ended unexpectedly", Assert.IsType<CellError>(ended[0]).Message, StringComparison.Ordinal);
        Assert.Equal(new CellFinished(0, false), ended[1]);
    }

    [Fact]
    public async Task Cancelling_kills_the_worker_and_throws()
    {
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var cellEvent in worker.Execute(new CellRequest(0, 1, "Console.Write(1); while (true) { }"), source.Token))
                await source.CancelAsync();
        });
    }

    [Fact]
    public async Task A_worker_ends_when_its_runner_lets_go_even_in_a_busy_cell()
    {
        var id = worker.Id;
        await using var events = worker.Execute(new CellRequest(0, 1, "Console.Write(1); while (true) { }"), TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await events.MoveNextAsync());
        worker.Dispose();
        Assert.True(IsGone(id));
    }

    private static bool IsGone(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited || IsZombie(id);
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    // A container's first process need not collect what its children leave behind.
    private static bool IsZombie(int id) =>
        OperatingSystem.IsLinux() && File.Exists($"/proc/{id}/stat") && File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);

    private async Task<List<CellEvent>> Run(string code, int cell = 0)
    {
        var events = new List<CellEvent>();
        await foreach (var cellEvent in worker.Execute(new CellRequest(cell, 1, code), TestContext.Current.CancellationToken))
            events.Add(cellEvent);
        return events;
    }
}
