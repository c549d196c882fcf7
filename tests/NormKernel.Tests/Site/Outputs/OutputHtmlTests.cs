using System.Text.Json.Nodes;
using NormKernel.Site.Outputs;
using NormKernel.Site.Pages;
using NormKernel.Site.Text;

namespace NormKernel.Tests.Site.Outputs;

public sealed class OutputHtmlTests
{
    private readonly PageFiles files = new("page");

    private string Html(params JsonObject[] outputs)
    {
        var cell = new SampleNotebook().Code("x", outputs).Build().Cells[0];
        return new OutputHtml(files, new MarkdownText(new Headings(), (address, _) => address), new ChartHtml()).Html(cell);
    }

    [Fact]
    public void Streams_that_follow_each_other_are_one_text()
    {
        var html = Html(SampleNotebook.Stream("a <b>\n"), SampleNotebook.Stream("\u001b[32mc\u001b[0m\n"), SampleNotebook.Stream("bad\n", "stderr"));

        Assert.Equal("<pre class=\"output stdout\">a &lt;b&gt;\nc</pre>\n<pre class=\"output stderr\">bad</pre>\n", html);
    }

    [Fact]
    public void Errors_show_their_message_first_and_the_place_on_demand()
    {
        var html = Html(SampleNotebook.Error("System.Exception", "x < 0", "\u001b[31mSystem.Exception: x < 0\u001b[0m", "  at cell 1"));

        Assert.Contains("<pre>System.Exception: x &lt; 0</pre><details>", html, StringComparison.Ordinal);
        Assert.Contains("at cell 1", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', html);
    }

    [Fact]
    public void A_chart_brings_its_data_its_picture_and_its_title()
    {
        var html = Html(SampleNotebook.ChartWithPicture("Loss <b>falls</b> & stays <script>"));

        Assert.Contains("<figcaption>Loss <b>falls</b> &amp; stays &lt;script&gt;</figcaption>", html, StringComparison.Ordinal);
        Assert.Contains("<img src=\"images/page-1.png\" alt=\"Loss falls &amp; stays ", html, StringComparison.Ordinal);
        Assert.Contains("<script type=\"application/json\">{\"data\":", html, StringComparison.Ordinal);
        Assert.Equal(Convert.FromBase64String(SampleNotebook.Png), files.All["images/page-1.png"]);
    }

    [Fact]
    public void A_chart_has_its_room_before_it_is_drawn() =>
        Assert.Contains("style=\"min-height: 600px\"", Html(SampleNotebook.Chart("Loss", height: 600)), StringComparison.Ordinal);

    [Fact]
    public void A_chart_without_a_picture_says_what_it_needs() =>
        Assert.Contains("<noscript>", Html(SampleNotebook.Chart("Loss")), StringComparison.Ordinal);

    [Fact]
    public void A_claim_shows_its_sentence_its_kind_and_its_verdict_before_the_evidence()
    {
        var claim = new JsonObject { ["name"] = "B1", ["passed"] = true, ["message"] = "≤ 1", ["kind"] = "identity", ["statement"] = "It sums to zero", ["verdict"] = "holds" };
        var html = Html(SampleNotebook.Display((NormKernel.Notebooks.Check.Mime, new JsonObject { ["checks"] = new JsonArray(claim) })));
        Assert.Contains("<b>It sums to zero</b> <span class=\"kind\">identity</span> <span class=\"verdict\">holds</span><span class=\"message\">≤ 1 <code>B1</code></span>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Checks_show_whether_they_passed()
    {
        var html = Html(SampleNotebook.Checks(("forward <1>", true), ("backward", false)));

        Assert.Contains("<li class=\"passed\">", html, StringComparison.Ordinal);
        Assert.Contains("<b>forward &lt;1&gt;</b>", html, StringComparison.Ordinal);
        Assert.Contains("<li class=\"failed\">", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", "<b>bold</b>", "<b>bold</b>")]
    [InlineData("text/markdown", "**bold** $x_1$", "<strong>bold</strong> <span class=\"math inline\">x_1</span>")]
    [InlineData("text/latex", "$$x_1 < y$$", "<span class=\"math display\">x_1 &lt; y</span>")]
    [InlineData("text/plain", "a < b", "<pre class=\"output result\">a &lt; b</pre>")]
    [InlineData("image/svg+xml", "<svg/>", "<img src=\"images/page-1.svg\"")]
    [InlineData("image/png", SampleNotebook.Png, "<img src=\"images/page-1.png\"")]
    public void Each_kind_of_output_is_shown_in_its_way(string mime, string content, string expected) =>
        Assert.Contains(expected, Html(SampleNotebook.Display((mime, content))), StringComparison.Ordinal);

    [Fact]
    public void The_richest_form_wins() =>
        Assert.DoesNotContain("plain", Html(SampleNotebook.Display((Mime.Text, "plain"), (Mime.Html, "<i>rich</i>"))), StringComparison.Ordinal);
}
