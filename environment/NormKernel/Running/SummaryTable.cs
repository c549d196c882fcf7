using System.Globalization;
using Spectre.Console;

namespace NormKernel.Running;

/// <summary>The last thing a run prints: one line per notebook.</summary>
public static class SummaryTable
{
    public static void Print(IAnsiConsole console, IEnumerable<NotebookRun> runs, Func<string, string> displayName)
    {
        var table = new Table()
            .Border(console.Profile.Capabilities.Interactive ? TableBorder.Rounded : TableBorder.None)
            .AddColumn("notebook")
            .AddColumn("cells", column => column.RightAligned())
            .AddColumn("checks passed", column => column.RightAligned())
            .AddColumn("seconds", column => column.RightAligned())
            .AddColumn("result");
        foreach (var run in runs)
        {
            var checks = run.Checks.ToList();
            table.AddRow(
                new Text(displayName(run.Path)),
                new Text($"{run.CellRuns.Count}/{run.Cells}"),
                new Text($"{checks.Count(check => check.Passed)}/{checks.Count}"),
                new Text(run.Duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)),
                new Text(ResultOf(run), new Style(run.Passed ? Color.Green : Color.Red)));
        }

        console.Write(table);
    }

    private static string ResultOf(NotebookRun run) => run switch
    {
        { Interrupted: true } => "interrupted",
        { Failure.Cell: { } cell } => $"error in cell {cell}",
        { Failure: not null } => "failed",
        { Passed: false } => "checks failed",
        _ => "passed",
    };
}
