using NormLab.Experiments;

namespace NormLab.Tests.Experiments;

public class LanesTests
{
    [Theory]
    [InlineData(0, 60, 5, "0 of 60 runs")]
    [InlineData(12, 60, 10, "12 of 60 runs, 40 s left")]
    [InlineData(1, 60, 2, "1 of 60 runs, 1 min 58 s left")]
    public void Progress_says_what_is_done_and_how_long_the_rest_takes_at_the_same_pace(int done, int count, double seconds, string text) =>
        Assert.Equal(text, Lanes.TimeLeft(done, count, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Every_piece_is_done_once_and_progress_comes_from_the_callers_thread()
    {
        var (done, callers) = (new int[7], new List<int>());
        new Lanes(parallel: true).Run(7, (i, _) => { Thread.Sleep(300); Interlocked.Increment(ref done[i]); }, _ => callers.Add(Environment.CurrentManagedThreadId), TestContext.Current.CancellationToken);
        Assert.All(done, count => Assert.Equal(1, count));
        Assert.All(callers, caller => Assert.Equal(Environment.CurrentManagedThreadId, caller));
        Assert.NotEmpty(callers);
    }

    [Fact]
    public void After_a_failure_nothing_new_starts()
    {
        var started = 0;
        Assert.Throws<NotSupportedException>(() => new Lanes(parallel: true).Run(100, (i, token) =>
        {
            token.ThrowIfCancellationRequested();
            Interlocked.Increment(ref started);
            throw new NotSupportedException();
        }, _ => { }, TestContext.Current.CancellationToken));
        Assert.InRange(started, 1, Environment.ProcessorCount + 2);
    }
}
