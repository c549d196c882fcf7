using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace NormKernel.Site.Text;

/// <summary>A fenced block of C# in prose, coloured like a code cell; other code as Markdig renders it.</summary>
internal sealed class ColoredCode : CodeBlockRenderer
{
    protected override void Write(HtmlRenderer renderer, CodeBlock block)
    {
        if (block is not FencedCodeBlock { Info: "csharp" or "cs" or "c#" })
        {
            base.Write(renderer, block);
            return;
        }

        // Markdig renders synchronously, and Roslyn has no other way to wait than this one.
        var html = CodeColors.Html([block.Lines.ToString()]).GetAwaiter().GetResult()[0];
        renderer.WriteLine($"<pre class=\"code\"><code>{html}</code></pre>");
    }
}
