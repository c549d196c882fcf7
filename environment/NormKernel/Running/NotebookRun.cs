using NormKernel.Notebooks;

namespace NormKernel.Running;

/// <summary>What became of one notebook.</summary>
public sealed record NotebookRun(string Path)
{
    /// <summary>How many cells there are to run.</summary>
    public int Cells { get; init; }

    public IReadOnlyList<CellRun> CellRuns { get; init; } = [];

    /// <summary>Why the run stopped early, if it did for another reason than an interruption.</summary>
    public RunFailure? Failure { get; init; }

    public bool Interrupted { get; init; }

    public TimeSpan Duration { get; init; }

    public IEnumerable<Check> Checks => CellRuns.SelectMany(cell => cell.Checks);

    public bool Passed => Failure is null && !Interrupted && Checks.All(check => check.Passed);
}

/// <summary>One cell that ran; <paramref name="Number"/> is its execution count, the number beside it in every front end.</summary>
public sealed record CellRun(int Number, string Id, TimeSpan Duration, IReadOnlyList<Check> Checks);

/// <summary>What stopped a notebook: a cell's error, or (without a cell) a file that could not be read or written.</summary>
/// <param name="Cell">The failing cell's execution count.</param>
/// <param name="Message">What went wrong, in one line.</param>
/// <param name="Details">The same with everything there is to show, or nothing.</param>
public sealed record RunFailure(int? Cell, string Message, IReadOnlyList<string> Details);
