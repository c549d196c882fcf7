using NormKernel.Paper.Bibliography;

namespace NormKernel.Tests.Paper.Bibliography;

public sealed class ReferenceHtmlTests
{
    [Theory]
    [InlineData(
        "author = {Y. Cho and L. Saul}, title = {Kernels & depth}, journal = {Journal}, volume = 12, number = 3, pages = {1--9}, year = 2009, doi = {10.1/a}",
        "Y. Cho and L. Saul. <cite>Kernels &amp; depth</cite>. Journal 12(3), 1–9. 2009. <a href=\"https://doi.org/10.1/a\">doi:10.1/a</a>.")]
    [InlineData(
        "author = {A and B and others}, title = {Why?}, year = 2020, eprint = {2001.1v1}, url = {https://x.org/p}",
        "A, B et al. <cite>Why?</cite> 2020. <a href=\"https://arxiv.org/abs/2001.1v1\">arXiv:2001.1v1</a>, <a href=\"https://x.org/p\">https://x.org/p</a>.")]
    [InlineData("title = {Issue 289}, publisher = {pytorch/examples}, url = {https://x.org}", "<cite>Issue 289</cite>. pytorch/examples. <a href=\"https://x.org\">https://x.org</a>.")]
    public void A_source_reads_as_a_line_of_a_list(string fields, string html) =>
        Assert.Equal(html, ReferenceHtml.Html(Assert.Single(BibReader.Parse($"@misc{{key, {fields}}}", "r.bib"))));
}
