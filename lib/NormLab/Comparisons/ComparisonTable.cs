using System.Collections.Immutable;
using NormLab.Claims;
using NormLab.Rendering;

namespace NormLab.Comparisons;

/// <summary>The result of a <see cref="Compare"/>: a table to read and one check per row.</summary>
/// <param name="Reference">What was compared with.</param>
/// <param name="Rows">One comparison per name.</param>
public sealed record ComparisonTable(string Reference, ImmutableArray<Comparison> Rows) : RichValue
{
    /// <summary>Whether every row is exact or close.</summary>
    public bool Passed => Rows.All(row => row.Agreement != Agreement.Off);

    /// <summary>The largest difference of all rows relative to the largest entry of its reference, for a claim; NaN where a row has none to tell.</summary>
    public double Largest => Rows.Aggregate(0.0, (largest, row) => Math.Max(largest, row.Largest));

    /// <summary>
    /// The rows as a table. Of a close row it tells the tolerance and not the difference, which is rounding noise and
    /// changes between processors.
    /// </summary>
    public Table ToTable() => Table.Of(Rows,
        ($"compared with {Reference}", row => row.Name),
        ("agreement", row => row.Agreement switch { Agreement.Exact => "exact", Agreement.Close => "close", _ => "OFF" }),
        ("finding", row => row.Finding));

    /// <inheritdoc/>
    public override string ToText() => ToTable().ToText();

    /// <inheritdoc/>
    public override string ToHtml() => ToTable().ToHtml();

    /// <inheritdoc/>
    public override string? ToMime(string mimeType) => mimeType switch
    {
        MimeTypes.Check => Check.ToJson(Rows.Select(row => new Check($"{row.Name} compared with {Reference}", row.Agreement != Agreement.Off, row.Finding))),
        _ => ToTable().ToMime(mimeType),
    };
}
