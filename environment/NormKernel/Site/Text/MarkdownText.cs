using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NormKernel.Site.Text;

/// <summary>Markdown to HTML: headings with ids, tables that scroll in a box, coloured C#, formulas left for KaTeX.</summary>
public sealed class MarkdownText(Headings headings, Func<string, bool, string> resolveLink)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseEmphasisExtras().UseTaskLists().UseFootnotes().UseAutoLinks().UseAlertBlocks().Build();

    public string Html(string markdown)
    {
        var math = new ProtectedMath(markdown);
        var document = Parse(math);
        foreach (var link in document.Descendants<LinkInline>())
            link.Url = resolveLink(link.Url ?? "", link.IsImage);

        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HeadingRenderer>(new LinkedHeading(headings, math));
        renderer.ObjectRenderers.Replace<CodeBlockRenderer>(new ColoredCode());
        renderer.Render(document);
        return math.Restore(writer.ToString())
            .Replace("<table", "<div class=\"scroll\"><table", StringComparison.Ordinal)
            .Replace("</table>", "</table></div>", StringComparison.Ordinal);
    }

    public static MarkdownDocument Parse(ProtectedMath math) => Markdown.Parse(math.Text, Pipeline);

    /// <summary>The HTML of a paragraph's or heading's text.</summary>
    public static string InlineHtml(ContainerInline? inline)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        if (inline is not null)
            renderer.WriteChildren(inline);
        return writer.ToString();
    }

    /// <summary>The text alone, without mark-up.</summary>
    public static string InlineText(ContainerInline? inline)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer) { EnableHtmlForInline = false, EnableHtmlEscape = false };
        Pipeline.Setup(renderer);
        if (inline is not null)
            renderer.WriteChildren(inline);
        return writer.ToString();
    }
}
