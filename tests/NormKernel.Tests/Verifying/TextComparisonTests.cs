using NormKernel.Verifying;

namespace NormKernel.Tests.Verifying;

public class TextComparisonTests
{
    [Theory]
    [InlineData("loss 0.25, 3 epochs", "loss 0.26, 3 epochs", "0.25 → 0.26")]
    [InlineData("a 1e-05 b", "a 1e-06 b", "1e-05 → 1e-06")]
    [InlineData("x = 5", "x = -5", "5 → -5")]
    [InlineData("x = NaN", "x = 1", "NaN → 1")]
    [InlineData("same", "same", "")]
    [InlineData("holds 1", "fails 1", "'holds 1' → 'fails 1'")]
    [InlineData("|  9.5 |", "| 10.5 |", "9.5 → 10.5")]
    [InlineData("0.10", "0.1", "0.10 → 0.1")]
    public void Numbers_are_told_apart_from_the_text_around_them(string committed, string rerun, string found) =>
        Assert.Equal(found, string.Join("; ", TextComparison.Compare(committed, rerun).Select(difference => $"{difference.Old} → {difference.New}")));

    [Fact]
    public void Each_number_of_a_table_is_found_with_its_line()
    {
        var found = TextComparison.Compare("a 1\nb 2\nc 3", "a 1\nb 4\nc 5").ToList();

        Assert.Equal([("line 2", "2", "4"), ("line 3", "3", "5")], found);
    }

    [Fact]
    public void Another_number_of_lines_is_one_difference() =>
        Assert.Equal([("line 2 (2 lines → 3)", "'c'", "'b'")], TextComparison.Compare("a\nc", "a\nb\nc"));
}
