using NormKernel.Claims;
using NormKernel.Tests.Site;

namespace NormKernel.Tests.Claims;

public class MissingClaimTests
{
    private static NotebookClaims First(params string[] recorded) => NotebookClaims.Of(
        new SampleNotebook().Code("""Judge("AB01-zero"); Judge("AB01-one");""", [.. recorded.Select(id => SampleNotebook.Claim(id, 0, 1))]).Build(), "01-first.ipynb");

    private static NotebookClaims Text(string prose) => NotebookClaims.Of(new SampleNotebook().Markdown(prose).Build(), "02-text.ipynb");

    private static IEnumerable<(string, string)> Missing(params NotebookClaims[] collection) =>
        MissingClaim.Among(collection).Select(claim => (claim.Id, string.Join(" ", claim.NamedIn)));

    [Fact]
    public void A_claim_of_the_code_without_a_record_is_missing() =>
        Assert.Equal([("AB01-one", "01-first.ipynb")], Missing(First("AB01-zero")));

    [Fact]
    public void So_is_one_that_another_notebook_speaks_of() =>
        Assert.Equal([("AB01-none", "02-text.ipynb"), ("AB01-one", "01-first.ipynb 02-text.ipynb")], Missing(First("AB01-zero"), Text("By AB01-one, not AB01-none: AB01-zero.")));

    [Fact]
    public void Records_of_all_leave_none_missing() =>
        Assert.Empty(Missing(First("AB01-zero", "AB01-one"), Text("AB01-one")));

    [Fact]
    public void Other_words_of_the_shape_of_an_id_are_none() =>
        Assert.Empty(Missing(First("AB01-zero", "AB01-one"), Text("In FP16-training and UTF16-le.")));

    [Fact]
    public void What_was_not_run_yet_is_not_missing() =>
        Assert.Empty(Missing(First("AB01-zero", "AB01-one"), Text("AB03-later"), NotebookClaims.Of(new SampleNotebook().CodeNotRun("Judge(\"AB03-later\")").Build(), "03.ipynb")));
}
