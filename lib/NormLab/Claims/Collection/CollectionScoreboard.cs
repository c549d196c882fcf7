using System.Collections.Immutable;
using NormLab.Charts;
using NormLab.Rendering;

namespace NormLab.Claims;

/// <summary>
/// All claims of the collection, read from the outputs of the notebooks as their files are: while the collection runs,
/// those are of this run for every notebook that ran before.
/// </summary>
public sealed record CollectionScoreboard : RichValue
{
    private readonly ILookup<string, string> namedIn;

    private CollectionScoreboard(ImmutableArray<NotebookClaims> notebooks, ILookup<string, string> namedIn) =>
        (Notebooks, this.namedIn) = (notebooks, namedIn);

    /// <summary>The notebooks that have claims, by file name.</summary>
    public ImmutableArray<NotebookClaims> Notebooks { get; }

    /// <summary>Every record, in the order of the notebooks.</summary>
    public IEnumerable<ClaimRecord> Records => Notebooks.SelectMany(notebook => notebook.Records);

    /// <summary>Ids that notebooks name and no output records.</summary>
    public IEnumerable<string> Missing => Notebooks.SelectMany(notebook => notebook.Missing);

    /// <summary>Reads the notebooks of a folder; null for the working folder, or else the folder notebooks found upwards of it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no notebook there.</exception>
    /// <exception cref="InvalidDataException">A file is no notebook.</exception>
    public static CollectionScoreboard Read(string? folder = null)
    {
        var files = NotebookFolder.Files(folder).Select(NotebookFile.Read).ToList();
        var recorded = files.SelectMany(file => file.Records).Select(record => record.Id).ToHashSet();
        var named = files.SelectMany(file => file.NamedIds.Select(id => (Id: id, file.Name))).ToLookup(pair => pair.Id, pair => pair.Name);
        var missing = named.Where(ids => !recorded.Contains(ids.Key)).ToLookup(ids => Owner(ids.Key, ids.First(), files), ids => ids.Key);
        return new(
            [
                .. files.Select(file => new NotebookClaims(file.Name, file.Title, [.. file.Records], [.. missing[file.Name].Order(StringComparer.Ordinal)]) { Provenance = file.Provenance })
                    .Where(notebook => !notebook.Records.IsEmpty || !notebook.Missing.IsEmpty),
            ],
            named);
    }

    /// <summary>How many claims there are and how they came out, in one line.</summary>
    public override string ToText() => $"{Records.Count()} claims in {Notebooks.Length} notebooks: "
        + string.Join(", ", Enum.GetValues<Verdict>().Select(verdict => $"{Records.Count(record => record.Verdict == verdict)} {Word(verdict)}"))
        + (Missing.Any() ? $"; {Missing.Count()} without a record" : "");

    /// <inheritdoc/>
    public override string ToHtml() => $"<p>{ToText()}</p>";

    /// <inheritdoc/>
    public override string? ToMime(string mimeType) => mimeType switch
    {
        MimeTypes.Markdown => $"**{ToText()}.**",
        MimeTypes.Provenance => Json.Text(CollectionProvenance.Of(Notebooks)),
        _ => base.ToMime(mimeType),
    };

    /// <summary>What must be so in a whole collection; <paramref name="explains"/> is the number of the notebook that names every claim that does not hold.</summary>
    public CollectionChecks Check(string explains) => CollectionChecks.Of(this, id => namedIn[id].Any(file => file.StartsWith(explains, StringComparison.Ordinal)));

    /// <summary>Numbers of claims by notebook, kind and verdict.</summary>
    public Table Counts() => CollectionTables.Counts(this);

    /// <summary>The claims that do not hold.</summary>
    public Table NotHolding() => CollectionTables.NotHolding(this);

    /// <summary>The claims with an interval whose statistic is nearest to its threshold, in half-widths of the interval.</summary>
    public Table Closest(int count) => CollectionTables.Closest(this, count);

    /// <summary>The exact numbers nearest to their threshold, by their quotient; those that are equal to it are meant to be.</summary>
    public Table ClosestExact(int count) => CollectionTables.ClosestExact(this, count);

    /// <summary>Every claim's distance from its threshold: those with intervals in half-widths of them (1000 means or more), exact numbers in orders of magnitude (16 means or more, or from zero).</summary>
    public Chart Chart(string title) => DistanceChart.Of(title, this);

    private static string Owner(string id, string firstNamedIn, List<NotebookFile> files) =>
        files.FirstOrDefault(file => file.Name.StartsWith(id[2..5], StringComparison.Ordinal))?.Name ?? firstNamedIn;

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "hold",
        Verdict.Fails => "fail",
        _ => "inconclusive",
    };
}
