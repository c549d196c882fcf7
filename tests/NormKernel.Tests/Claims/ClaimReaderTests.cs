using System.Text.Json.Nodes;
using NormKernel.Claims;
using NormKernel.Notebooks;
using NormKernel.Tests.Site;

namespace NormKernel.Tests.Claims;

public class ClaimReaderTests
{
    private static IReadOnlyList<ClaimRecord> Read(Action<JsonObject> change)
    {
        var output = SampleNotebook.Claim("AB01-zero", 1e-15, atMost: 1e-12, "empirical", interval: (1e-16, 2e-15));
        change(output["data"]![Check.Mime]!["checks"]![0]!.AsObject());
        return ClaimRecord.In(new SampleNotebook().Code("x", output).Build());
    }

    [Fact]
    public void A_record_is_read_with_every_field() => Assert.Equal(
        [
            new ClaimRecord("AB01-zero", "empirical", "What AB01-zero says < is this", new("largest difference", 1e-15), new(1e-16, 2e-15, 0.95),
                new(IsLeast: false, 1e-12), "holds", "holds", Passed: true),
        ],
        Read(_ => { }));

    [Theory]
    [InlineData("NaN", double.NaN)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    public void A_number_that_JSON_lacks_is_a_word(string word, double value) =>
        Assert.Equal(value, Assert.Single(Read(claim => claim["statistic"]!["value"] = word)).Statistic.Value);

    [Theory]
    [InlineData("kind", "rumour")]
    [InlineData("verdict", "perhaps")]
    [InlineData("statement", "")]
    [InlineData("name", null)]
    [InlineData("statistic", "0.3")]
    [InlineData("threshold", null)]
    public void What_does_not_fit_the_schema_is_no_record(string field, string? content) =>
        Assert.Empty(Read(claim => claim[field] = content));
}
