using NormKernel.Engine.Displays;

namespace NormKernel.Tests.Engine.Displays;

public sealed class RecordTableTests
{
    [Fact]
    public void Records_become_a_table_that_reads_as_text_and_as_Markdown()
    {
        var bundle = MimeBundle.Of(new[] { new Row("batch", 0.5, null), new Row("a|b", 12, 3) });
        Assert.Equal(
            "| Name  | Value | Count |\n"
            + "| ----- | ----: | ----: |\n"
            + "| batch |   0.5 |       |\n"
            + "| a\\|b  |    12 |     3 |",
            bundle["text/plain"]!.GetValue<string>());
        Assert.Equal(bundle["text/plain"]!.ToString(), bundle["text/markdown"]!.ToString());
    }

    [Fact]
    public void Anonymous_types_count_as_records() =>
        Assert.Equal("|   N |\n| --: |\n|   1 |", RecordTable.Of(new[] { new { N = 1 } }));

    [Fact]
    public void Long_tables_are_cut_with_a_count()
    {
        var table = RecordTable.Of(Enumerable.Range(0, 1000).Select(i => new { N = i }).ToList())!;
        Assert.EndsWith("\n\n… (1000 rows)", table, StringComparison.Ordinal);
        Assert.Equal(32, table.Split('\n').Count(line => line.StartsWith('|')));
    }

    [Fact]
    public void Other_sequences_are_no_tables()
    {
        Assert.Null(RecordTable.Of(new[] { 1, 2 }));
        Assert.Null(RecordTable.Of(Array.Empty<Row>()));
        Assert.Null(RecordTable.Of(new object[] { new Row("a", 1, 1), 2 }));
    }

    private sealed record Row(string Name, double Value, int? Count);
}
