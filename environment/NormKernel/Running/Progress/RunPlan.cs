namespace NormKernel.Running.Progress;

/// <summary>What a run is expected to take: for each notebook, one weight per cell.</summary>
/// <param name="Weights">By notebook path; in seconds if <paramref name="InSeconds"/>, else 1 per cell.</param>
/// <param name="InSeconds">Whether earlier runs tell how long cells take.</param>
public sealed record RunPlan(IReadOnlyDictionary<string, IReadOnlyList<double>> Weights, bool InSeconds)
{
    private const double LeastSeconds = 0.05;

    /// <param name="notebooks">The notebooks to run.</param>
    /// <param name="secondsOf">How long a cell (notebook path, cell id) took last time, where that is known.</param>
    public static RunPlan For(IEnumerable<LoadedNotebook> notebooks, Func<string, string, double?> secondsOf)
    {
        var known = notebooks.ToDictionary(
            notebook => notebook.Path,
            notebook => (notebook.Notebook?.CellsToRun ?? []).Select(cell => secondsOf(notebook.Path, cell.Id)).ToList());

        var allKnown = known.Values.SelectMany(cells => cells).OfType<double>().ToList();
        var typical = allKnown.Count > 0 ? allKnown.Average() : 1;
        var weights = known.ToDictionary(
            notebook => notebook.Key,
            notebook => (IReadOnlyList<double>)[.. notebook.Value.Select(seconds => Math.Max(LeastSeconds, seconds ?? typical))]);
        return new RunPlan(weights, InSeconds: allKnown.Count > 0);
    }
}
