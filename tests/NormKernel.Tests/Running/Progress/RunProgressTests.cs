using NormKernel.Running;
using NormKernel.Running.Progress;

namespace NormKernel.Tests.Running.Progress;

public class RunProgressTests
{
    private readonly ManualClock clock = new();

    [Fact]
    public void Earlier_times_weigh_the_cells_and_tell_the_time_left_from_the_start()
    {
        var progress = ProgressOf(inSeconds: true, 1, 9);

        Assert.Equal(10, progress.Snapshot().Left!.Value.TotalSeconds, 6);
        Finish(progress, 1, seconds: 1);

        Assert.Equal(0.1, progress.Snapshot().Fraction, 6);
        Assert.Equal(9, progress.Snapshot().Left!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void A_slower_machine_is_noticed()
    {
        var progress = ProgressOf(inSeconds: true, 1, 9);

        Finish(progress, 1, seconds: 2);

        Assert.Equal(18, progress.Snapshot().Left!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void Without_earlier_times_cells_count_alike_and_the_time_left_is_known_after_the_first()
    {
        var progress = ProgressOf(inSeconds: false, 1, 1, 1, 1);

        Assert.Null(progress.Snapshot().Left);
        Finish(progress, 1, seconds: 3);

        Assert.Equal(0.25, progress.Snapshot().Fraction, 6);
        Assert.Equal(9, progress.Snapshot().Left!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void A_cell_under_way_moves_the_bar_but_never_past_its_own_end()
    {
        var progress = ProgressOf(inSeconds: true, 5, 5);
        progress.NotebookStarted("a");
        progress.CellStarted("a", 1);

        clock.Advance(2);
        Assert.Equal(0.2, progress.Snapshot().Fraction, 6);
        clock.Advance(100);

        Assert.InRange(progress.Snapshot().Fraction, 0.4, 0.5);
        Assert.Equal("a: cell 1 of 2", progress.Snapshot().Activity);
    }

    [Fact]
    public void Without_earlier_times_a_cell_longer_than_the_others_leaves_the_time_left_unknown()
    {
        var progress = ProgressOf(inSeconds: false, 1, 1, 1);
        Finish(progress, 1, seconds: 3);
        progress.CellStarted("a", 2);

        clock.Advance(1);
        Assert.Equal(5, progress.Snapshot().Left!.Value.TotalSeconds, 6);
        clock.Advance(10);
        Assert.Null(progress.Snapshot().Left);
    }

    [Fact]
    public void The_line_that_a_cell_keeps_overwriting_is_shown_until_it_is_wiped()
    {
        var progress = ProgressOf(inSeconds: true, 5, 5);
        progress.NotebookStarted("a");
        progress.CellStarted("a", 1);

        progress.CellPrinted("a", "a result\n");
        Assert.Equal("a: cell 1 of 2", progress.Snapshot().Activity);
        progress.CellPrinted("a", "\r1 of 26 MB\r2 of 26 MB");
        Assert.Equal("a: cell 1 of 2: 2 of 26 MB", progress.Snapshot().Activity);
        progress.CellPrinted("a", "\r          \r");
        Assert.Equal("a: cell 1 of 2", progress.Snapshot().Activity);
    }

    [Fact]
    public void A_notebook_that_stopped_early_leaves_nothing_to_do()
    {
        var progress = ProgressOf(inSeconds: true, 1, 9);
        Finish(progress, 1, seconds: 1);

        progress.NotebookFinished(new NotebookRun("a"));

        Assert.Equal(1, progress.Snapshot().Fraction, 6);
        Assert.Equal(0, progress.Snapshot().Left!.Value.TotalSeconds, 6);
    }

    private RunProgress ProgressOf(bool inSeconds, params double[] weights) =>
        new(new RunPlan(new Dictionary<string, IReadOnlyList<double>> { ["a"] = weights }, inSeconds), path => path, clock);

    private void Finish(RunProgress progress, int cell, double seconds)
    {
        progress.NotebookStarted("a");
        progress.CellStarted("a", cell);
        clock.Advance(seconds);
        progress.CellFinished("a", new CellRun(cell, "id", TimeSpan.FromSeconds(seconds), []));
    }

    private sealed class ManualClock : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Advance(double seconds) => now += TimeSpan.FromSeconds(seconds).Ticks;
    }
}
