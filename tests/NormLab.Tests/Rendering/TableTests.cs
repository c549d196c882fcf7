using NormLab.Claims;
using NormLab.Rendering;

namespace NormLab.Tests.Rendering;

public class TableTests
{
    private static readonly Table Example = new Table("method", "accuracy").Row("batch norm", 0.8125).Row("none", 0.7);

    [Fact]
    public void Plain_text_is_aligned_with_numbers_on_the_right() => Assert.Equal(
        """
        method      accuracy
        batch norm    0.8125
        none             0.7
        """.ReplaceLineEndings("\n"), Example.ToString());

    [Fact]
    public void Markdown_is_a_pipe_table() => Assert.Equal(
        """
        | method | accuracy |
        | --- | ---: |
        | batch norm | 0.8125 |
        | none | 0.7 |
        """.ReplaceLineEndings("\n"), Example.ToMime(MimeTypes.Markdown));

    [Fact]
    public void Markdown_escapes_what_would_end_a_cell_or_start_a_formula() =>
        Assert.Contains(@"| \|x\| \$1 a\_b |", new Table("a").Row("|x| $1 a_b").ToMarkdown());

    [Fact]
    public void Html_escapes_tags() => Assert.Contains("a &lt; b", new Table("a").Row("a < b").ToHtml());

    [Fact]
    public void A_row_that_does_not_fit_is_refused_with_the_columns_named()
    {
        var error = Assert.Throws<ArgumentException>(() => Example.Row(1));
        Assert.Contains("method, accuracy", error.Message);
    }

    [Fact]
    public void Columns_can_be_projected_from_items() =>
        Assert.Equal(Example.ToString(), Table.Of(
            new[] { ("batch norm", 0.8125), ("none", 0.7) }, ("method", item => item.Item1), ("accuracy", item => item.Item2)).ToString());

    [Theory]
    [InlineData(0.123456789, "0.123457")]
    [InlineData(1234567.0, "1.23457E+06")]
    public void Numbers_have_six_significant_digits(double value, string text) => Assert.Equal(text, Cell.Text(value));

    [Fact]
    public void Estimates_show_their_standard_error() => Assert.Equal("0.5 ± 0.012", Cell.Text(new Estimate(0.5, 0.0123, 5)));
}
