using NormKernel.Paper.Bibliography;

namespace NormKernel.Tests.Paper.Bibliography;

public sealed class BibReaderTests
{
    [Fact]
    public void Entries_have_type_key_fields_and_line()
    {
        var entries = BibReader.Parse(
            """
            % what we cite
            @Misc{ioffe2015,
              author = {Sergey Ioffe and Christian Szegedy},
              Title  = {{B}atch {Normalization}:
                        a method \& more},
              year = 2015, eprint = {1502.03167v3},
            }
            @book{ kotz , title={Continuous   Distributions}, author={Johnson, N. L. and {The Kotz and Balakrishnan Group} and others}, doi={10.1/X}}
            """, "r.bib");

        Assert.Equal([("misc", "ioffe2015", 2), ("book", "kotz", 8)], entries.Select(entry => (entry.Type, entry.Key, entry.Line)));
        Assert.Equal("Batch Normalization: a method & more", entries[0].Text("title"));
        Assert.Equal("2015", entries[0].Text("year"));
        Assert.Null(entries[0].Text("doi"));
        Assert.Equal(["Sergey Ioffe", "Christian Szegedy"], entries[0].Authors);
        Assert.Equal(["N. L. Johnson", "The Kotz and Balakrishnan Group", "et al."], entries[1].Authors);
    }

    [Theory]
    [InlineData("stray\n@misc{a, title={A}, doi={1}}", 1, "'s' stands, where @ is needed")]
    [InlineData("\n@misc a", 2, "where { is needed")]
    [InlineData("@misc{a,\n title = \"A\"}", 2, "the value of title stands in braces")]
    [InlineData("@misc{a,\n title = {A\n doi={1}", 2, "the brace that opens the value of title is never closed")]
    [InlineData("@misc{a,\n title={A}\n doi={1}}", 3, "fields are separated by commas")]
    [InlineData("@misc{a, title={A},\n title={B}, doi={1}}", 2, "a has the field title twice")]
    [InlineData("@misc{a, title={A}, doi={1}", 1, "the file ends, where } is needed")]
    [InlineData("@misc{a,\n\n title={Kr\\\"ahenb{\\\"u}hl}, doi={1}}", 3, "write the letter itself")]
    [InlineData("@thing{a, title={A}, doi={1}}", 1, "@thing is no known type")]
    [InlineData("@misc{a, titel={A}, doi={1}}", 1, "a has the field titel; known are author, title")]
    [InlineData("@misc{a, doi={1}}", 1, "a has no title")]
    [InlineData("@misc{a, title={A}}", 1, "a has no eprint, doi or url")]
    [InlineData("@misc{a, title={A}, doi={1}}\n@misc{a, title={B}, doi={2}}", 2, "a is the key of the entry on line 1 too")]
    [InlineData("@misc{a, title={A}, doi={10.1/X}}\n@misc{b, title={B}, url={https://doi.org/10.1/x}}", 2, "b has the same address as a on line 1")]
    public void What_is_wrong_is_said_with_its_line(string text, int line, string problem)
    {
        var error = Assert.Throws<BibliographyException>(() => BibReader.Parse(text, "r.bib"));

        Assert.StartsWith($"r.bib, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }
}
