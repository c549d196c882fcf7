using System.Collections.Immutable;

namespace NormLab.Rendering;

/// <summary>A small table: aligned text, markdown and HTML. Immutable; <see cref="Row"/> gives a longer table.</summary>
public sealed record Table : RichValue
{
    /// <summary>A table without rows.</summary>
    /// <param name="columns">The column titles, with units.</param>
    public Table(params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Length == 0)
            throw new ArgumentException("A table needs at least one column title; none was given.", nameof(columns));

        Columns = [.. columns];
    }

    /// <summary>The column titles.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>The values, row by row.</summary>
    public ImmutableList<ImmutableArray<object?>> Rows { get; private init; } = [];

    /// <summary>This table with one more row.</summary>
    /// <exception cref="ArgumentException">The row has more or fewer values than the table has columns.</exception>
    public Table Row(params object?[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != Columns.Length)
        {
            throw new ArgumentException(
                $"A row of {values.Length} values does not fit a table of {Columns.Length} columns ({string.Join(", ", Columns)}): each column needs its value, null for an empty cell.",
                nameof(values));
        }

        return this with { Rows = Rows.Add([.. values]) };
    }

    /// <summary>One row per item, one column per title and value.</summary>
    public static Table Of<T>(IEnumerable<T> items, params (string Title, Func<T, object?> Value)[] columns)
    {
        ArgumentNullException.ThrowIfNull(items);
        var table = new Table([.. columns.Select(column => column.Title)]);
        return items.Aggregate(table, (rows, item) => rows.Row([.. columns.Select(column => column.Value(item))]));
    }

    /// <inheritdoc/>
    public override string ToText() => TableText.Plain(this);

    /// <inheritdoc/>
    public override string ToHtml() => TableText.Html(this);

    /// <summary>The table in GitHub's markdown.</summary>
    public string ToMarkdown() => TableText.Markdown(this);

    /// <inheritdoc/>
    public override string? ToMime(string mimeType) => mimeType == MimeTypes.Markdown ? ToMarkdown() : base.ToMime(mimeType);

    internal bool IsNumeric(int column) =>
        Rows.Count > 0 && Rows.All(row => row[column] is null || Cell.IsNumber(row[column]));
}
