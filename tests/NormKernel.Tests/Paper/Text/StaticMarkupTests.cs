using NormKernel.Paper.Text;

namespace NormKernel.Tests.Paper.Text;

public sealed class StaticMarkupTests
{
    [Fact]
    public void Folded_text_stands_open_in_a_box()
    {
        var html = StaticMarkup.Of("<details><summary>Why?</summary>\n<p>So.</p>\n</details>\n<details class=\"folded\"><summary>Code</summary><pre>x</pre></details>");

        Assert.Equal("<div class=\"box\"><p class=\"box-title\">Why?</p>\n<p>So.</p>\n</div>\n<div class=\"box\"><p class=\"box-title\">Code</p><pre>x</pre></div>", html);
    }

    [Fact]
    public void A_long_output_ends_early_and_says_so()
    {
        string Output(int lines) => $"<pre class=\"output stdout\">{string.Join('\n', Enumerable.Range(1, lines))}</pre>";

        Assert.Equal(Output(60), StaticMarkup.Of(Output(60)));
        Assert.EndsWith("\n60\n[5 more lines in the notebook]</pre>", StaticMarkup.Of(Output(65)), StringComparison.Ordinal);
    }
}
