namespace Benchmarks.Kernel;

/// <summary>What a user waits for, in milliseconds.</summary>
internal sealed record KernelTimes(
    double Ready, double FirstCell, IReadOnlyList<double> Cells, double FirstCompletion, IReadOnlyList<double> Completions, IReadOnlyList<double>? WithLibrary)
{
    /// <summary>How many cells are run.</summary>
    public const int Count = 200;

    private const int Ends = 20;

    public IReadOnlyList<double> First => [.. Cells.Take(Ends)];

    public IReadOnlyList<double> Last => [.. Cells.TakeLast(Ends)];

    /// <summary>Of one kernel, from its start.</summary>
    /// <param name="kernel">It has only just started.</param>
    /// <param name="setup">A cell that loads the notebooks' libraries, or null.</param>
    public static KernelTimes Of(StartedKernel kernel, string? setup)
    {
        var (ready, first) = (kernel.Ready(), kernel.Cell("1 + 1"));
        var firstCompletion = kernel.Complete("Console.Wri");
        var completions = Enumerable.Range(0, 20).Select(i => kernel.Complete($"Math.{(char)('A' + i)}")).ToList();
        var cells = Enumerable.Range(0, Count).Select(i => kernel.Cell($"var v{i} = {i}; Console.WriteLine(v{i}); v{i} + {i}")).ToList();
        return new(ready, first, cells, firstCompletion, completions, setup is null ? null : WithSetup(kernel, setup));
    }

    public static double Quantile(IEnumerable<double> times, double share)
    {
        var ordered = times.Order().ToList();
        return ordered[(int)Math.Min(ordered.Count - 1, share * ordered.Count)];
    }

    private static List<double> WithSetup(StartedKernel kernel, string setup)
    {
        kernel.Cell(setup);
        return [.. Enumerable.Range(0, Ends).Select(i => kernel.Cell($"var w{i} = {i}; w{i} + {i}"))];
    }
}
