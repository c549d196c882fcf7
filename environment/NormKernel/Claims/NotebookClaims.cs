using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NormKernel.Notebooks;

namespace NormKernel.Claims;

/// <summary>What one notebook says of claims.</summary>
/// <param name="File">The notebook's file name.</param>
/// <param name="HasRun">Whether it has outputs to look for records in.</param>
/// <param name="Records">The claims that its outputs record.</param>
/// <param name="InCode">What looks like a claim's id in its code.</param>
/// <param name="InProse">What looks like a claim's id in its text.</param>
/// <param name="Provenance">What its numbers depend on, as its outputs say.</param>
public sealed partial record NotebookClaims(
    string File, bool HasRun, IReadOnlyList<ClaimRecord> Records, IReadOnlySet<string> InCode, IReadOnlySet<string> InProse, JsonObject Provenance)
{
    public IEnumerable<string> Named => InCode.Union(InProse);

    public static NotebookClaims Of(Notebook notebook, string path) => new(
        Path.GetFileName(path),
        notebook.WasRun,
        ClaimRecord.In(notebook),
        Ids(notebook.Cells.Where(cell => cell.IsCode)),
        Ids(notebook.Cells.Where(cell => cell.IsMarkdown)),
        Verifying.Provenance.Merged(notebook));

    /// <summary>The letters that an id begins with; empty where it has not the shape of one.</summary>
    public static string LettersOf(string id) => Id().Match(id) is { Success: true, Groups: var groups } ? groups["letters"].Value : "";

    private static HashSet<string> Ids(IEnumerable<Cell> cells) =>
        [.. cells.SelectMany(cell => Id().Matches(cell.Source)).Select(match => match.Value)];

    [GeneratedRegex(@"\b(?<letters>[A-Z]{2,})[0-9]{2}-[a-z0-9]+(?:-[a-z0-9]+)*")]
    private static partial Regex Id();
}
