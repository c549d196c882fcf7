using Spectre.Console;

namespace NormKernel.Running;

/// <summary>Prints what a reader of the console must know as soon as it is known: failed checks, errors, finished notebooks.</summary>
public sealed class ConsoleReport(IAnsiConsole console, Func<string, string> displayName) : IRunObserver
{
    public void NotebookStarted(string path)
    {
        if (!console.Profile.Capabilities.Interactive)
            console.WriteLine($"running {displayName(path)}");
    }

    public void CellStarted(string path, int number)
    {
    }

    public void CellFinished(string path, CellRun cell)
    {
        foreach (var check in cell.Checks.Where(check => !check.Passed))
            console.WriteLine($"CHECK FAILED  {displayName(path)}, cell {cell.Number}: {check.Name}: {check.Message}", Red);
    }

    public void NotebookFinished(NotebookRun run)
    {
        if (run.Failure is { } failure)
            PrintFailure(run.Path, failure);
        else if (run.Interrupted)
            console.WriteLine($"interrupted   {displayName(run.Path)}, {Cells(run)}", Red);
        else
            console.WriteLine($"{(run.Passed ? "done  " : "FAILED")}        {displayName(run.Path)}, {Cells(run)} in {run.Duration.TotalSeconds:0.0} s");
    }

    private static Style Red { get; } = new(Color.Red);

    private void PrintFailure(string path, RunFailure failure)
    {
        var where = failure.Cell is { } cell ? $"{displayName(path)}, cell {cell}" : displayName(path);
        console.WriteLine($"FAILED        {where}{(failure.Details.Count == 0 ? $": {failure.Message}" : "")}", Red);
        foreach (var line in failure.Details)
            console.WriteLine($"              {line}");
    }

    private static string Cells(NotebookRun run) => $"{run.CellRuns.Count} of {run.Cells} cells";
}
