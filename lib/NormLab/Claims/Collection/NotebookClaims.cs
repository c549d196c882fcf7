using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NormLab.Rendering;

namespace NormLab.Claims;

/// <summary>The claims of one notebook: a row for each, and one for each that has no record.</summary>
/// <param name="File">The notebook's file name.</param>
/// <param name="Title">Its title.</param>
/// <param name="Records">What its outputs record, in order.</param>
/// <param name="Missing">Ids that notebooks name and no output records, and that by their number belong here.</param>
public sealed record NotebookClaims(string File, string Title, ImmutableArray<ClaimRecord> Records, ImmutableArray<string> Missing) : RichValue
{
    private static readonly string[] DataFields = ["dataset", "text", "pictures"];

    internal JsonObject Provenance { get; init; } = [];

    /// <summary>The number at the start of the file's name, by which ids name their notebook.</summary>
    public string Number => string.Concat(File.TakeWhile(char.IsAsciiDigit));

    /// <summary>The data that the notebook measures on, as its outputs say.</summary>
    public string Data => string.Join(", ", DataFields.Select(name => Provenance[name]?.ToString()).OfType<string>());

    /// <inheritdoc/>
    public override string ToText() => $"{Number} {Title} ({Source})\n{ToTable(id => id).ToText()}";

    /// <inheritdoc/>
    public override string ToHtml() => $"<h3>{Number} {System.Net.WebUtility.HtmlEncode(Title)}</h3>{ToTable(id => id).ToHtml()}";

    /// <inheritdoc/>
    public override string? ToMime(string mimeType) => mimeType == MimeTypes.Markdown
        ? $"### [{Number} {Title}]({File})\n\n{Source}\n\n{ToTable(id => $"[{id}]({File}#{id})").ToMarkdown()}"
        : base.ToMime(mimeType);

    private string Source => Records.IsEmpty ? "no records" : $"{Data}; seed {Provenance["seed"]}, profile {Provenance["profile"]}, {Provenance["device"]} {Provenance["processor"]}";

    private Table ToTable(Func<string, string> link)
    {
        var table = Table.Of(Records,
            ("claim", record => link(record.Id)),
            ("statement", record => record.Statement),
            ("kind", record => ClaimResult.Name(record.Kind)),
            ("measured", record => record.Evidence),
            ("verdict", record => ClaimResult.Name(record.Verdict) + (record.Passed ? "" : ", and the prose says otherwise")),
            ("what would change the verdict", record => record.Change));
        return Missing.Aggregate(table, (rows, id) => rows.Row(link(id), "", "", "", $"no record: run {Number}", ""));
    }
}
