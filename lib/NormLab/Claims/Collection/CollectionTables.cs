using NormLab.Rendering;

namespace NormLab.Claims;

/// <summary>The tables of a <see cref="CollectionScoreboard"/>.</summary>
internal static class CollectionTables
{
    public static Table Counts(CollectionScoreboard board)
    {
        var table = Table.Of(board.Notebooks,
            ("notebook", notebook => $"{notebook.Number} {notebook.Title}"),
            ("identities", notebook => Of(notebook.Records, ClaimKind.Identity)),
            ("numerical", notebook => Of(notebook.Records, ClaimKind.Numerical)),
            ("empirical", notebook => Of(notebook.Records, ClaimKind.Empirical)),
            ("hold", notebook => Of(notebook.Records, Verdict.Holds)),
            ("fail", notebook => Of(notebook.Records, Verdict.Fails)),
            ("inconclusive", notebook => Of(notebook.Records, Verdict.Inconclusive)),
            ("no record", notebook => notebook.Missing.Length));
        var sums = Enumerable.Range(1, table.Columns.Length - 1).Select(column => (object?)table.Rows.Sum(row => (int)row[column]!));
        return table.Row(["all", .. sums]);
    }

    public static Table NotHolding(CollectionScoreboard board) => Table.Of(board.Records.Where(record => record.Verdict != Verdict.Holds),
        ("claim", record => record.Id),
        ("statement", record => record.Statement),
        ("verdict", record => ClaimResult.Name(record.Verdict)),
        ("measured", record => record.Evidence));

    public static Table Closest(CollectionScoreboard board, int count) => Table.Of(
        board.Records.Where(record => !double.IsNaN(record.HalfWidths)).OrderBy(record => record.HalfWidths).Take(count),
        ("claim", record => record.Id),
        ("statement", record => record.Statement),
        ("verdict", record => ClaimResult.Name(record.Verdict)),
        ("half-widths from the threshold", record => Math.Round(record.HalfWidths, 2)),
        ("what would change the verdict", record => record.Change));

    public static Table ClosestExact(CollectionScoreboard board, int count) => Table.Of(
        board.Records.Where(record => record.Orders > 0).OrderBy(record => record.Orders).Take(count),
        ("claim", record => record.Id),
        ("statement", record => record.Statement),
        ("measured", record => record.Evidence),
        ("factor to the threshold", record => Math.Pow(10, record.Orders)));

    private static int Of(IEnumerable<ClaimRecord> records, ClaimKind kind) => records.Count(record => record.Kind == kind);

    private static int Of(IEnumerable<ClaimRecord> records, Verdict verdict) => records.Count(record => record.Verdict == verdict);
}
