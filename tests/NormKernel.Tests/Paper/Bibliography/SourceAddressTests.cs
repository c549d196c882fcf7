using NormKernel.Paper.Bibliography;

namespace NormKernel.Tests.Paper.Bibliography;

public sealed class SourceAddressTests
{
    [Theory]
    [InlineData("https://arxiv.org/abs/1502.03167v3", "arXiv:1502.03167v3")]
    [InlineData("http://www.arxiv.org/pdf/1502.03167v3.pdf#page=4", "arXiv:1502.03167v3")]
    [InlineData("https://arxiv.org/abs/cs/0112017v1", "arXiv:cs/0112017v1")]
    [InlineData("https://doi.org/10.1016/S0378-3758(00)00115-4", "doi:10.1016/s0378-3758(00)00115-4")]
    [InlineData("http://dx.doi.org/10.1016%2Fb?x", "doi:10.1016/b")]
    [InlineData("http://jmlr.org/papers/v15/a.html#section", "https://jmlr.org/papers/v15/a.html")]
    [InlineData("https://example.org/page?id=2", "https://example.org/page?id=2")]
    [InlineData("https://example.org/", "https://example.org")]
    [InlineData("02-shift.ipynb", null)]
    [InlineData("#section", null)]
    [InlineData("mailto:a@example.org", null)]
    public void A_source_has_one_name_however_it_is_linked(string link, string? name) => Assert.Equal(name, SourceAddress.Of(link));
}
