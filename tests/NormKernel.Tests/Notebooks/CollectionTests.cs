using System.Text.RegularExpressions;
using NormKernel.Claims;
using NormKernel.Notebooks;

namespace NormKernel.Tests.Notebooks;

/// <summary>The committed collection as a whole: what one notebook says of another is there.</summary>
public partial class CollectionTests
{
    private static readonly string Folder = Path.Combine(Repository.FindRoot(AppContext.BaseDirectory)!, "notebooks");

    private static readonly Dictionary<string, Notebook> Collection = Directory.GetFiles(Folder, "*.ipynb")
        .ToDictionary(path => Path.GetFileName(path), Notebook.Load);

    private static readonly Dictionary<string, ILookup<string, Check>> Claims = Collection.ToDictionary(
        pair => pair.Key,
        pair => pair.Value.Cells.SelectMany(cell => Check.In(cell.Outputs)).Where(check => check.Kind is not null).ToLookup(check => check.Name));

    public static TheoryData<string> Names => [.. Collection.Keys.Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_link_to_a_notebook_leads_to_one_and_to_the_claim_that_it_names_with_its_verdict(string name)
    {
        foreach (var link in Prose(name).SelectMany(text => Link().Matches(text)))
        {
            var (target, said) = (link.Groups["file"].Value, link.Groups["verdict"] is { Success: true, Value: var verdict } ? verdict : "holds");
            Assert.True(Collection.ContainsKey(target), $"{link.Value}: there is no {target}");
            foreach (Match id in ClaimId().Matches(link.Groups["text"].Value))
                Assert.Equal((id.Value, said), (id.Value, Claims[target][id.Value].SingleOrDefault()?.Verdict));
        }
    }

    [Fact]
    public void No_two_claims_share_an_id()
    {
        var ids = Claims.Values.SelectMany(claims => claims).SelectMany(claim => claim).Select(claim => claim.Name);
        Assert.Empty(ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Every_claim_that_code_or_text_names_has_a_record() =>
        Assert.Empty(MissingClaim.Among([.. Collection.Select(pair => NotebookClaims.Of(pair.Value, pair.Key))]).Select(claim => claim.Id));

    [Fact]
    public void A_record_that_is_deleted_is_missed()
    {
        var (name, notebook) = Collection.First(pair => Claims[pair.Key].Count > 0);
        var id = Claims[name].First().Key;
        var copy = new Notebook(notebook.Json.DeepClone().AsObject());
        copy.Cells.Single(cell => Check.In(cell.Outputs).Any(check => check.Name == id)).Outputs = [];

        var missing = MissingClaim.Among([.. Collection.Select(pair => NotebookClaims.Of(pair.Key == name ? copy : pair.Value, pair.Key))]);

        Assert.Contains(missing, claim => claim.Id == id && claim.NamedIn.Contains(name));
    }

    [Fact]
    public void The_scoreboard_says_of_each_claim_what_its_record_and_the_front_page_say()
    {
        var outputs = Collection["13-which-claims-hold.ipynb"].Cells.SelectMany(cell => cell.Outputs).Select(output => MultilineText.Join(output?["data"]?["text/plain"]));
        var lines = outputs.SelectMany(text => text.Split('\n')).ToLookup(line => line.Split(' ')[0]);
        foreach (var cell in Collection.Values.SelectMany(notebook => notebook.Cells).Where(cell => !cell.IsTiming))
            foreach (var claim in ClaimReader.In(cell))
                Assert.Contains(lines[claim.Id], line => line.Contains(ClaimText.Measured(claim), StringComparison.Ordinal) && line.EndsWith(ClaimText.Change(claim), StringComparison.Ordinal));
    }

    private static IEnumerable<string> Prose(string name) => Collection[name].Cells.Where(cell => cell.IsMarkdown).Select(cell => cell.Source);

    [GeneratedRegex(@"\bBN\d\d-[a-z0-9]+(?:-[a-z0-9]+)*")]
    private static partial Regex ClaimId();

    // A claim that does not hold is followed by its verdict.
    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\((?<file>[^)#/:]+\.ipynb)(?:#[^)]*)?\)(?: (?<verdict>fails|inconclusive))?")]
    private static partial Regex Link();
}
