using Spectre.Console;

namespace NormKernel.Running.Progress;

/// <summary>Shows progress for as long as some work takes: a bar on a terminal, plain lines in a log.</summary>
public static class ProgressDisplay
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    public static Task While(Task work, RunProgress progress, IAnsiConsole console) =>
        console.Profile.Capabilities is { Interactive: true, Ansi: true } ? Bar(work, progress, console) : Lines(work, progress, console);

    private static Task Bar(Task work, RunProgress progress, IAnsiConsole console) =>
        console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context =>
            {
                var task = context.AddTask("starting");
                while (!await IsDone(work))
                {
                    var now = progress.Snapshot();
                    task.Value = now.Fraction * task.MaxValue;
                    task.Description = Markup.Escape($"{now.Activity}  {now.Times}");
                }
            });

    private static async Task Lines(Task work, RunProgress progress, IAnsiConsole console)
    {
        var shown = progress.Snapshot();
        while (!await IsDone(work))
        {
            var now = progress.Snapshot();
            if (now.Elapsed - shown.Elapsed < BetweenLines)
                continue;
            console.WriteLine($"  {now.Fraction,4:P0}  {now.Activity}, {now.Times}");
            shown = now;
        }
    }

    /// <summary>Waits for one refresh at the most; an error is left to whoever awaits the work itself.</summary>
    private static async Task<bool> IsDone(Task work)
    {
        await Task.WhenAny(work, Task.Delay(Refresh));
        return work.IsCompleted;
    }
}
