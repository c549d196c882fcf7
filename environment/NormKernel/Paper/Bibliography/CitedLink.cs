using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using NormKernel.Notebooks;
using NormKernel.Site.Text;

namespace NormKernel.Paper.Bibliography;

/// <summary>A link in a notebook's prose that leads outside: a citation.</summary>
/// <param name="Text">What the reader sees.</param>
/// <param name="Url">Where it leads.</param>
/// <param name="Source">The source's one name, see <see cref="SourceAddress"/>.</param>
internal sealed record CitedLink(string Text, string Url, string Source)
{
    /// <summary>The citations of a notebook, in the order of reading.</summary>
    public static IEnumerable<CitedLink> In(Notebook notebook)
    {
        foreach (var cell in notebook.Cells.Where(cell => cell.IsMarkdown && cell.Source.Contains("://", StringComparison.Ordinal)))
        {
            var math = new ProtectedMath(cell.Source);
            foreach (var inline in MarkdownText.Parse(math).Descendants<Inline>())
            {
                var (text, url) = inline switch
                {
                    LinkInline { IsImage: false } link => (MarkdownText.InlineText(link), link.Url),
                    AutolinkInline { IsEmail: false } link => (link.Url, link.Url),
                    _ => ("", null),
                };
                if (url is not null && SourceAddress.Of(url) is { } source)
                    yield return new CitedLink(math.Plain(text), url, source);
            }
        }
    }
}
