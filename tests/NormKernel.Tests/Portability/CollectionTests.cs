using NormKernel.Portability;

namespace NormKernel.Tests.Portability;

/// <summary>The committed notebooks run in every front end and show on GitHub, as far as can be told without running them.</summary>
public class CollectionTests
{
    private static readonly string Root = Repository.FindRoot(AppContext.BaseDirectory)!;

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Path.Combine(Root, "notebooks"), "*.ipynb").Append(Path.Combine(Root, "environment", NotebookCheck.SetupName))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_committed_notebook_is_portable_and_shows_on_GitHub(string name) =>
        Assert.Empty(NotebookCheck.Find(Path.Combine(Root, name)));
}
