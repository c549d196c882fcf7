using System.Diagnostics;

namespace NormKernel.Tests.Engine.Execution;

public sealed class InterruptTests : IDisposable
{
    private readonly TestSession session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(60_000);")]
    [InlineData("await Task.Delay(60_000);")]
    [InlineData("Task.Delay(60_000).Wait();")]
    [InlineData("new System.Threading.ManualResetEventSlim().Wait();")]
    [InlineData("IEnumerable<int> Endless() { while (true) { } yield return 1; }\nEndless()")]
    public void A_cell_that_does_not_end_is_interrupted_and_the_session_goes_on(string code)
    {
        session.Value("var x = 1;");
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();
        var outcome = session.RunUntil(code, source.Token);
        Assert.True(outcome.Interrupted, string.Join('\n', outcome.Failure?.Lines ?? []));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
        Assert.Equal("1", session.Value("x"));
        Assert.Equal("2", session.Value("System.Threading.Thread.Sleep(1); x + 1"));
    }

    [Fact]
    public void A_token_that_is_cancelled_beforehand_runs_nothing()
    {
        var outcome = session.RunUntil("Console.WriteLine(1);", new CancellationToken(canceled: true));
        Assert.True(outcome.Interrupted);
        Assert.Empty(session.Output.Log);
    }

    [Fact]
    public void A_cell_that_catches_everything_is_interrupted_too()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Assert.True(session.RunUntil("try { System.Threading.Thread.Sleep(60_000); } catch { }\nwhile (true) { }", source.Token).Interrupted);
    }

    [Fact]
    public void A_cancellation_of_the_cells_own_is_an_error_and_no_interrupt()
    {
        var outcome = session.Run("new System.Threading.CancellationToken(true).ThrowIfCancellationRequested();");
        Assert.Equal("System.OperationCanceledException", outcome.Failure?.Name);
    }

    [Fact]
    public void Deep_recursion_has_room() => Assert.Equal("1000000", session.Value("int Depth(int n) => n == 0 ? 0 : 1 + Depth(n - 1);", "Depth(1_000_000)"));
}
