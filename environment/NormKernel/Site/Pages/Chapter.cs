using NormKernel.Claims;
using NormKernel.Notebooks;
using NormKernel.Site.Text;

namespace NormKernel.Site.Pages;

/// <summary>One notebook, ready to be put on a page of its own and on a card of the index.</summary>
public sealed record Chapter(
    string Slug, Lead Lead, string BodyHtml, IReadOnlyList<Heading> Headings, PageFiles Files, IReadOnlyList<Check> Checks, string? Thumbnail, bool HasRun)
{
    public string FileName => Slug + ".html";

    public required NotebookClaims Claims { get; init; }

    public bool HasCharts => BodyHtml.Contains("<figure class=\"chart\">", StringComparison.Ordinal);

    /// <summary>The leading Markdown cells hold the title and the answer; without a title the file's name is one.</summary>
    public static Lead LeadOf(Notebook notebook, string path)
    {
        var opening = notebook.Cells.TakeWhile(cell => !cell.IsCode).Where(cell => cell.IsMarkdown).Select(cell => cell.Source);
        var name = Path.GetFileNameWithoutExtension(path);
        return Lead.Read(string.Join("\n\n", opening)) ?? new Lead(name, System.Net.WebUtility.HtmlEncode(name), "");
    }
}
