namespace NormKernel.Tests.Engine.Outputs;

public sealed class ConsoleTests : IDisposable
{
    private readonly TestSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void Text_and_displays_come_in_order()
    {
        session.Value("Console.WriteLine(\"a\"); Console.Error.WriteLine(\"b\"); 1.Display(); Console.Write('c'); Console.WriteLine(2.5);");
        Assert.Equal(["stdout: a\n", "stderr: b\n", "display: 1", "stdout: c2.5\n"], session.Output.Log);
    }

    [Fact]
    public void A_display_can_be_updated()
    {
        session.Value("var handle = \"first\".Display(); handle.Update(\"second\");");
        Assert.Equal(["display: first", "update: second"], session.Output.Log);
    }

    [Fact]
    public async Task Text_arrives_while_the_cell_still_runs()
    {
        using var source = new CancellationTokenSource();
        var running = Task.Run(() => session.RunUntil("Console.WriteLine(\"early\"); System.Threading.Thread.Sleep(60_000);", source.Token), TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => session.Output.Text == "early\n", TimeSpan.FromSeconds(20)));
        await source.CancelAsync();
        Assert.True((await running).Interrupted);
    }

    [Fact]
    public void What_a_cell_left_running_prints_belongs_to_that_cell()
    {
        session.Value("var gate = new TaskCompletionSource(); var late = Task.Run(async () => { await gate.Task; Console.WriteLine(\"late\"); });");
        var first = session.Output;
        session.Value("gate.SetResult(); await late; Console.WriteLine(\"now\");");
        Assert.True(SpinWait.SpinUntil(() => first.Text == "late\n", TimeSpan.FromSeconds(5)));
        Assert.Equal("now\n", session.Output.Text);
    }

    [Fact]
    public void Sessions_do_not_mix_their_outputs()
    {
        using var other = new TestSession();
        Parallel.Invoke(
            () => session.Value("for (var i = 0; i < 100; i++) { Console.Write('a'); await Task.Yield(); }"),
            () => other.Value("for (var i = 0; i < 100; i++) { Console.Write('b'); await Task.Yield(); }"));
        Assert.Equal(new string('a', 100), session.Output.Text);
        Assert.Equal(new string('b', 100), other.Output.Text);
    }

    [Fact]
    public void Many_small_writes_become_few_messages()
    {
        session.Value("for (var i = 0; i < 20000; i++) Console.Write(\"xx\");");
        Assert.Equal(40000, session.Output.Text.Length);
        Assert.True(session.Output.Log.Count < 200);
    }
}
