using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace NormKernel.Site.Text;

/// <summary>What a text says first: its title (first level-1 heading) and the paragraph after it.</summary>
public sealed partial record Lead(string Title, string TitleHtml, string ParagraphHtml)
{
    /// <summary>The lead of a Markdown text, or null where it has no level-1 heading. Links become plain text, for use in a link.</summary>
    public static Lead? Read(string markdown)
    {
        var math = new ProtectedMath(markdown);
        var blocks = MarkdownText.Parse(math).ToList();
        var title = blocks.FindIndex(block => block is HeadingBlock { Level: 1 });
        if (title < 0)
            return null;

        var heading = (HeadingBlock)blocks[title];
        var paragraph = blocks.Skip(title + 1).OfType<ParagraphBlock>()
            .Select(block => Html(math, block)).FirstOrDefault(html => Tag().Replace(html, "").Trim().Length > 0);
        return new Lead(math.Plain(MarkdownText.InlineText(heading.Inline)), Html(math, heading), paragraph ?? "");
    }

    private static string Html(ProtectedMath math, LeafBlock block) =>
        LinkTag().Replace(math.Restore(MarkdownText.InlineHtml(block.Inline)), "");

    [GeneratedRegex(@"</?a\b[^>]*>")]
    private static partial Regex LinkTag();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
