using System.Net;
using System.Text.RegularExpressions;
using NormKernel.Paper.Bibliography;
using NormKernel.Site.Text;

namespace NormKernel.Paper.Text;

/// <summary>
/// Where links lead in a paper: a source gets its number, a claim of another chapter is found in that chapter, and a link to
/// a file that the paper does not contain becomes plain text.
/// </summary>
internal sealed partial class PaperLinks(IReadOnlyList<PaperChapter> chapters, Citations citations)
{
    private readonly HashSet<string> ids =
        [.. chapters.SelectMany(chapter => chapter.Headings.Select(heading => heading.Id)), .. chapters.SelectMany(chapter => chapter.Claims.Select(claim => claim.Name))];

    /// <summary>The chapter's HTML with its links resolved.</summary>
    public string In(PaperChapter chapter) => Anchor().Replace(chapter.Body, link =>
    {
        var address = WebUtility.HtmlDecode(link.Groups["address"].Value);
        var html = link.Groups["html"].Value;
        if (citations.NumberOf(address) is { } number)
            return FormattableString.Invariant($"{link.Value} <a class=\"cited\" href=\"#reference-{number}\">[{number}]</a>");
        if (Uri.TryCreate(address, UriKind.Absolute, out var absolute) && !absolute.IsFile)
            return link.Value;
        return Target(chapter, address, html) is { } id ? $"<a href=\"#{WebUtility.HtmlEncode(id)}\">{html}</a>" : html;
    });

    private string? Target(PaperChapter here, string address, string html)
    {
        if (ids.Contains(Tag().Replace(html, "")))
            return Tag().Replace(html, "");
        var (name, fragment) = address.Split('#', 2) switch { [var first, var second] => (first, second), var whole => (whole[0], "") };
        var chapter = name.Length == 0 ? here : chapters.FirstOrDefault(chapter => chapter.Id == name);
        if (chapter is null)
            return null;
        var id = PaperChapter.Prefix(chapter.Number) + Headings.Slug(Uri.UnescapeDataString(fragment));
        return ids.Contains(id) ? id : name.Length == 0 ? null : chapter.Id;
    }

    // Only links that notebooks wrote: those of the page itself have a class.
    [GeneratedRegex("<a href=\"(?<address>[^\"]*)\"[^>]*>(?<html>.*?)</a>", RegexOptions.Singleline)]
    private static partial Regex Anchor();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
