using NormKernel.Notebooks;

namespace NormKernel.Running.Progress;

/// <summary>Follows a run against its plan and tells at any moment how far it is and how long it will still take.</summary>
public sealed class RunProgress(RunPlan plan, Func<string, string> displayName, TimeProvider clock) : IRunObserver
{
    // A cell that takes longer than planned waits here instead of filling the bar.
    private const double MostOfACell = 0.95;

    private readonly Lock gate = new();
    private readonly long start = clock.GetTimestamp();
    private readonly double total = plan.Weights.Values.Sum(cells => cells.Sum());

    private string notebook = "";
    private string activity = "starting";
    private string transient = "";
    private bool isCellRunning;
    private long cellStart;
    private double cellWeight;
    private double finishedBefore;
    private double finishedHere;
    private double ranWeight;
    private double ranSeconds;

    public void NotebookStarted(string path)
    {
        lock (gate)
        {
            notebook = displayName(path);
            activity = $"{notebook}: starting";
        }
    }

    public void CellStarted(string path, int number)
    {
        lock (gate)
        {
            isCellRunning = true;
            transient = "";
            cellStart = clock.GetTimestamp();
            activity = $"{notebook}: cell {number} of {plan.Weights[path].Count}";
            cellWeight = plan.Weights[path][number - 1];
        }
    }

    /// <summary>Shows the line that a cell keeps overwriting, such as the progress of a download.</summary>
    public void CellPrinted(string path, string text)
    {
        if (!text.Contains('\r', StringComparison.Ordinal))
            return;
        var line = CarriageReturns.Collapse(text).Split('\n')[^1].Trim();
        lock (gate)
            transient = line.Length == 0 ? "" : $": {line}";
    }

    public void CellFinished(string path, CellRun cell)
    {
        lock (gate)
        {
            finishedHere += cellWeight;
            ranWeight += cellWeight;
            ranSeconds += cell.Duration.TotalSeconds;
            isCellRunning = false;
        }
    }

    public void NotebookFinished(NotebookRun run)
    {
        lock (gate)
        {
            // Whole, even where it stopped early: none of it is left to do.
            finishedBefore += plan.Weights[run.Path].Sum();
            finishedHere = 0;
            isCellRunning = false;
        }
    }

    /// <summary>Says what goes on between the cells, such as drawing pictures.</summary>
    public void Announce(string what)
    {
        lock (gate)
            activity = what;
    }

    public ProgressSnapshot Snapshot()
    {
        lock (gate)
        {
            var finished = finishedBefore + finishedHere;
            var underWay = isCellRunning ? WeightUnderWay() : 0;
            var fraction = total == 0 ? 1 : (finished + underWay) / total;
            // Counted in cells, a cell that goes on for longer than the others says that the count knows nothing of time.
            var left = IsLost(underWay) ? null : SecondsPerWeight * (total - finished - underWay);
            return new ProgressSnapshot(
                notebook, isCellRunning ? activity + transient : activity, fraction, clock.GetElapsedTime(start), left is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        }
    }

    private bool IsLost(double underWay) => !plan.InSeconds && underWay >= MostOfACell * cellWeight && isCellRunning;

    private double WeightUnderWay() =>
        Math.Min(clock.GetElapsedTime(cellStart).TotalSeconds / (SecondsPerWeight ?? 1), MostOfACell * cellWeight);

    /// <summary>This run's own pace once it has one, so that a slower machine is noticed.</summary>
    private double? SecondsPerWeight => ranWeight > 0 && ranSeconds > 0 ? ranSeconds / ranWeight : plan.InSeconds ? 1 : null;
}
