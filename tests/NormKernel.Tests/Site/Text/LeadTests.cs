using NormKernel.Site.Text;

namespace NormKernel.Tests.Site.Text;

public sealed class LeadTests
{
    [Fact]
    public void The_title_and_the_paragraph_after_it_lead()
    {
        var lead = Lead.Read("intro\n\n# Why *is* $x$?\n\n![badge](b.svg)\n\nBecause [it is](x.md), **always**.\n\nMore.");

        Assert.NotNull(lead);
        Assert.Equal("Why is x?", lead.Title);
        Assert.Equal("Why <em>is</em> <span class=\"math inline\">x</span>?", lead.TitleHtml);
        Assert.Equal("Because it is, <strong>always</strong>.", lead.ParagraphHtml);
    }

    [Fact]
    public void Text_without_a_title_has_no_lead() => Assert.Null(Lead.Read("## Part\n\nText."));

    [Fact]
    public void A_title_alone_leads_to_nothing() => Assert.Equal("", Lead.Read("# Title")?.ParagraphHtml);
}
