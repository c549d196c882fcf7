using NormKernel.Portability;

namespace NormKernel.Tests.Portability;

/// <summary>The committed notebooks run in every front end and show on GitHub, as far as can be told without running them.</summary>
public class CollectionTests
{
    private static readonly string Root = Repository.FindRoot(AppContext.BaseDirectory)!;

    // Cells whose chart has too many points, or whose picture is a photograph. Each leaves the list when its cell is changed and
    // run again, and none may join it.
    private static readonly ILookup<string, int> TooLarge = new (string Name, int Cell)[]
    {
        ("02-does-batch-norm-fix-internal-covariate-shift.ipynb", 57),
        ("02-does-batch-norm-fix-internal-covariate-shift.ipynb", 73),
        ("02-does-batch-norm-fix-internal-covariate-shift.ipynb", 99),
        ("03-does-batch-norm-smooth-the-loss.ipynb", 69),
        ("03-does-batch-norm-smooth-the-loss.ipynb", 71),
        ("06-so-why-does-normalization-help.ipynb", 30),
        ("06-so-why-does-normalization-help.ipynb", 110),
        ("07-when-would-you-use-which-norm.ipynb", 13),
        ("07-when-would-you-use-which-norm.ipynb", 15),
        ("09-which-norm-for-sequences.ipynb", 50),
        ("10-what-does-instance-norm-remove.ipynb", 13),
        ("12-how-would-you-answer.ipynb", 5),
    }.ToLookup(entry => entry.Name, entry => entry.Cell);

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Path.Combine(Root, "notebooks"), "*.ipynb").Append(Path.Combine(Root, "environment", NotebookCheck.SetupName))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_committed_notebook_is_portable_and_shows_on_GitHub(string name)
    {
        var (sizes, others) = Split(NotebookCheck.Find(Path.Combine(Root, name)));

        Assert.Empty(others);
        Assert.Equal(TooLarge[Path.GetFileName(name)], sizes);
    }

    private static (IEnumerable<int> Sizes, IEnumerable<string> Others) Split(IReadOnlyList<Finding> findings)
    {
        var sizes = findings.Where(finding => finding.Place is not null && finding.Rule.StartsWith("an output of ", StringComparison.Ordinal)).ToList();
        return (sizes.Select(finding => finding.Place!.Cell), findings.Except(sizes).Select(finding => finding.ToString()));
    }
}
