using System.Text.RegularExpressions;
using NormKernel.Notebooks;

namespace NormKernel.Tests.Notebooks;

/// <summary>The committed collection as a whole: what one notebook says of another is there.</summary>
public partial class CollectionTests
{
    private static readonly string Folder = Path.Combine(Repository.FindRoot(AppContext.BaseDirectory)!, "notebooks");

    private static readonly Dictionary<string, Notebook> Collection = Directory.GetFiles(Folder, "*.ipynb")
        .ToDictionary(path => Path.GetFileName(path), Notebook.Load);

    private static readonly Dictionary<string, HashSet<string>> Claims = Collection.ToDictionary(
        pair => pair.Key,
        pair => pair.Value.Cells.SelectMany(cell => Check.In(cell.Outputs)).Where(check => check.Kind is not null).Select(check => check.Name).ToHashSet());

    public static TheoryData<string> Names => [.. Collection.Keys.Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_claim_that_is_named_was_measured(string name)
    {
        var measured = Claims.Values.SelectMany(ids => ids).ToHashSet();
        Assert.Empty(Prose(name).SelectMany(text => ClaimId().Matches(text)).Select(match => match.Value).Distinct().Except(measured));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_link_to_a_notebook_leads_to_one_and_to_the_claim_that_it_names(string name)
    {
        foreach (var link in Prose(name).SelectMany(text => Link().Matches(text)))
        {
            var target = link.Groups["file"].Value;
            Assert.True(Collection.ContainsKey(target), $"{link.Value}: there is no {target}");
            Assert.All(ClaimId().Matches(link.Groups["text"].Value), id => Assert.Contains(id.Value, Claims[target]));
        }
    }

    [Fact]
    public void No_two_claims_share_an_id()
    {
        var ids = Collection.Values.SelectMany(notebook => notebook.Cells).SelectMany(cell => Check.In(cell.Outputs))
            .Where(check => check.Kind is not null).Select(check => check.Name);
        Assert.Empty(ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    private static IEnumerable<string> Prose(string name) => Collection[name].Cells.Where(cell => cell.IsMarkdown).Select(cell => cell.Source);

    [GeneratedRegex(@"\bBN\d\d-[a-z0-9]+(?:-[a-z0-9]+)*")]
    private static partial Regex ClaimId();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\((?<file>[^)#/:]+\.ipynb)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
