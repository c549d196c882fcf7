using System.Collections.Immutable;
using NormLab.Rendering;

namespace NormLab.Claims;

/// <summary>What must be so in a whole collection, as checks that fail the run.</summary>
/// <param name="Checks">The checks.</param>
public sealed record CollectionChecks(ImmutableArray<Check> Checks) : RichValue
{
    internal static CollectionChecks Of(CollectionScoreboard board, Func<string, bool> isExplained) => new(
    [
        None("every claim that is named has a record", board.Notebooks.SelectMany(notebook => notebook.Missing.Select(id => $"{id} has no record: run {notebook.Number}"))),
        None("every verdict is the one that the prose gives", board.Records.Where(record => !record.Passed).Select(record => $"{record.Id} {ClaimResult.Name(record.Verdict)}")),
        None("no two claims share an id", board.Records.GroupBy(record => record.Id).Where(same => same.Count() > 1).Select(same => same.Key)),
        None("every claim that does not hold is explained here", board.Records.Where(record => record.Verdict != Verdict.Holds && !isExplained(record.Id)).Select(record => record.Id)),
    ]);

    /// <summary>Whether all passed.</summary>
    public bool Passed => Checks.All(check => check.Passed);

    /// <inheritdoc/>
    public override string ToText() => ToTable().ToText();

    /// <inheritdoc/>
    public override string ToHtml() => ToTable().ToHtml();

    /// <inheritdoc/>
    public override string? ToMime(string mimeType) => mimeType == MimeTypes.Check ? Check.ToJson(Checks) : ToTable().ToMime(mimeType);

    private Table ToTable() => Table.Of(Checks, ("check", check => check.Name), ("passed", check => check.Passed), ("exceptions", check => check.Message));

    private static Check None(string name, IEnumerable<string> exceptions) =>
        exceptions.ToList() is { Count: > 0 } found ? new(name, false, string.Join(", ", found)) : new(name, true, "none");
}
