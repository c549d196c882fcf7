using NormKernel.Notebooks;

namespace NormKernel.Verifying;

/// <summary>What a new run of a notebook says about the committed one.</summary>
/// <param name="Differences">Every number and text that differs.</param>
/// <param name="Verdicts">Every check that concluded something else.</param>
/// <param name="Provenance">Fields of the provenance that differ; then other numbers are to be expected.</param>
/// <param name="Timings">The cells that measure time, of which only the checks are compared.</param>
public sealed record Verification(
    IReadOnlyList<Difference> Differences,
    IReadOnlyList<Difference> Verdicts,
    IReadOnlyList<(string Field, string Old, string New)> Provenance,
    IReadOnlyList<int> Timings)
{
    public bool SameProvenance => Provenance.Count == 0;

    /// <summary>Under the same provenance everything must be the same; under another one, the conclusions.</summary>
    public bool Holds => Verdicts.Count == 0 && (Differences.Count == 0 || !SameProvenance);

    /// <param name="committed">The notebook as it is in the repository.</param>
    /// <param name="rerun">The same cells with the outputs of a new run.</param>
    public static Verification Of(Notebook committed, Notebook rerun)
    {
        var pairs = committed.CellsToRun.Zip(rerun.CellsToRun).Select((pair, index) => (Number: index + 1, pair.First, pair.Second)).ToList();
        return new Verification(
            [.. pairs.Where(cell => !cell.First.IsTiming).SelectMany(cell => OutputComparison.Compare(cell.Number, cell.First.Outputs, cell.Second.Outputs))],
            [.. pairs.SelectMany(cell => VerdictComparison.Compare(cell.Number, cell.First, cell.Second))],
            Verifying.Provenance.Compare(committed, rerun),
            [.. pairs.Where(cell => cell.First.IsTiming).Select(cell => cell.Number)]);
    }
}
