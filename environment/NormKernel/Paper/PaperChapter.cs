using NormKernel.Notebooks;
using NormKernel.Site.Text;

namespace NormKernel.Paper;

/// <summary>One notebook as a chapter: text with numbers, links still as the notebook has them.</summary>
/// <param name="Number">The first chapter is 1.</param>
/// <param name="Path">The notebook's file.</param>
/// <param name="Notebook">What stands in it.</param>
/// <param name="Lead">Its question and answer.</param>
/// <param name="Body">The HTML, self-contained but for links.</param>
/// <param name="Headings">Its headings, with numbers.</param>
/// <param name="Figures">How many figures it has.</param>
/// <param name="Equations">How many numbered equations it has.</param>
internal sealed record PaperChapter(
    int Number, string Path, Notebook Notebook, Lead Lead, string Body, IReadOnlyList<Heading> Headings, int Figures, int Equations)
{
    public string Id => FormattableString.Invariant($"chapter-{Number}");

    /// <summary>What every id of the chapter begins with.</summary>
    public static string Prefix(int number) => FormattableString.Invariant($"c{number}-");

    /// <summary>The checks that have a kind, a statement and a verdict.</summary>
    public IReadOnlyList<Check> Claims { get; } =
        [.. Notebook.Cells.SelectMany(cell => Check.In(cell.Outputs)).Where(check => check.Kind is not null)];
}
