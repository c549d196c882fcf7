using System.Text.Json.Nodes;
using NormKernel.Site;
using NormKernel.Site.Assets;

namespace NormKernel.Tests.Site.Scoreboard;

public sealed class ScoreboardTests : IDisposable
{
    private readonly TestFolder folder = new();

    private static SimpleSchema Schema =>
        new(JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.FindRoot(AppContext.BaseDirectory)!, "docs", "claims.schema.json")))!.AsObject());

    public void Dispose() => folder.Dispose();

    private async Task Build(params string[] notebooks)
    {
        var katex = new KatexSource(folder["cache"], [], (_, _) => Task.FromResult<byte[]?>(null));
        await SiteBuilder.Build(notebooks, folder["site"], folder.Root, katex, _ => { }, TestContext.Current.CancellationToken);
    }

    private string Notebook(params JsonObject[] outputs) => new SampleNotebook()
        .Markdown("# Is it zero?\n\nYes.")
        .Code("Judge(\"AB01-zero\"); Judge(\"AB01-one\");", [SampleNotebook.Display(("application/vnd.normkernel.provenance+json", new JsonObject { ["dataset"] = "dots" })), .. outputs])
        .WriteTo(folder, "notebooks/01-zero.ipynb");

    private static JsonObject Zero => SampleNotebook.Claim("AB01-zero", 1e-15, atMost: 1e-12);

    private static JsonObject One => SampleNotebook.Claim("AB01-one", double.MaxValue, 0.5, "empirical", "fails", (0.75, 1.25));

    private string Index() => File.ReadAllText(folder["site/index.html"]);

    private JsonNode Claims() => JsonNode.Parse(File.ReadAllText(folder["site/claims.json"]))!;

    [Fact]
    public async Task Each_claim_has_a_row_that_leads_to_its_place_and_says_how_it_came_out()
    {
        await Build(Notebook(Zero, One));

        Assert.Contains("2 claims: 1 holds, 1 fails.", Index(), StringComparison.Ordinal);
        Assert.Contains("<tr data-kind=\"empirical\" data-verdict=\"fails\" data-notebook=\"01-zero\">", Index(), StringComparison.Ordinal);
        Assert.Contains("<a href=\"01-zero.html#AB01-zero\">What AB01-zero says &lt; is this</a>", Index(), StringComparison.Ordinal);
        Assert.Contains("fails if it were more than 3.0 orders of magnitude larger", Index(), StringComparison.Ordinal);
        Assert.Contains("<small>dots</small>", Index(), StringComparison.Ordinal);
        Assert.Contains("<li id=\"AB01-zero\"", File.ReadAllText(folder["site/01-zero.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_claim_whose_record_was_deleted_stands_there_without_one()
    {
        await Build(Notebook(Zero));

        Assert.Contains("✗ 1 without a record", Index(), StringComparison.Ordinal);
        Assert.Contains("<tr data-verdict=\"no record\" class=\"failed\">\n<td><code>AB01-one</code></td>\n<td>named in 01-zero.ipynb", Index(), StringComparison.Ordinal);
        Assert.Equal("AB01-one", (string?)Claims()["missing"]![0]!["id"]);
    }

    [Fact]
    public async Task A_collection_without_claims_has_no_scoreboard()
    {
        await Build(new SampleNotebook().Markdown("# T").WriteTo(folder, "a.ipynb"));

        Assert.DoesNotContain("scoreboard", Index(), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["site/claims.json"]));
    }

    [Fact]
    public async Task The_file_for_programs_fits_its_schema_and_tells_what_the_records_say()
    {
        await Build(Notebook(Zero, One));

        Assert.Empty(Schema.Problems(Claims()));
        Assert.Equal(["AB01-zero", "AB01-one"], Claims()["claims"]!.AsArray().Select(claim => (string)claim!["id"]!));
        Assert.Equal((0.75, "fails", "01-zero.html#AB01-one"), Claims()["claims"]![1]! is var one ? ((double)one["interval"]!["low"]!, (string)one["verdict"]!, (string)one["page"]!) : default);
        Assert.Equal("dots", (string?)Claims()["notebooks"]![0]!["provenance"]!["dataset"]);
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.FindRoot(AppContext.BaseDirectory)!, "docs", "claims.schema.json")), File.ReadAllText(folder["site/claims.schema.json"]));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("kind", "rumour")]
    [InlineData("verdict", "perhaps")]
    [InlineData("statement", "")]
    [InlineData("interval", "0.1")]
    [InlineData("passed", "yes")]
    [InlineData("more", "fields")]
    public async Task The_schema_refuses_a_claim_that_is_not_whole(string field, string? content = null)
    {
        await Build(Notebook(Zero));
        var claims = Claims();
        claims["claims"]![0]!.AsObject().Remove(field);
        if (content is not null)
            claims["claims"]![0]![field] = content;

        Assert.Single(Schema.Problems(claims), problem => problem.StartsWith($"/claims/0/{field} is ", StringComparison.Ordinal));
    }
}
