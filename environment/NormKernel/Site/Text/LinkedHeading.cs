using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace NormKernel.Site.Text;

/// <summary>A heading with an id, a link to itself, and an entry in the page's contents.</summary>
internal sealed class LinkedHeading(Headings headings, ProtectedMath math) : HtmlObjectRenderer<HeadingBlock>
{
    protected override void Write(HtmlRenderer renderer, HeadingBlock block)
    {
        var html = math.Restore(MarkdownText.InlineHtml(block.Inline));
        var heading = headings.Add(block.Level, math.Plain(MarkdownText.InlineText(block.Inline)), html);
        renderer.Write($"<h{block.Level} id=\"{heading.Id}\">{heading.Html}");
        if (block.Level > 1)
            renderer.Write($" <a class=\"anchor\" href=\"#{heading.Id}\" aria-label=\"Link to this section\">#</a>");
        renderer.WriteLine($"</h{block.Level}>");
    }
}
