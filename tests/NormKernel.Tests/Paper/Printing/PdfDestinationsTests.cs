using System.Text;
using NormKernel.Paper.Printing;

namespace NormKernel.Tests.Paper.Printing;

public sealed class PdfDestinationsTests
{
    [Fact]
    public void Places_are_found_on_their_pages_in_the_order_of_the_page_tree()
    {
        const string pdf = """
            %PDF-1.4
            5 0 obj
            <</Type /Page
            /Parent 3 0 R>>
            endobj
            4 0 obj
            <</Type /Page /Parent 2 0 R>>
            endobj
            6 0 obj
            <</Type /Page /Parent 3 0 R>>
            endobj
            3 0 obj
            <</Type /Pages /Kids [6 0 R
            5 0 R] /Count 2>>
            endobj
            2 0 obj
            <</Type /Pages /Kids [4 0 R 3 0 R] /Count 3>>
            endobj
            7 0 obj
            <</chapter-1 [4 0 R /XYZ 57 780 0]
            /c1-what-#25CE#25B2-is [5 0 R /XYZ 57 700.25 0]
            /elsewhere [99 0 R /XYZ 0 0 0]>>
            endobj
            1 0 obj
            <</Type /Catalog
            /Pages 2 0 R
            /Dests 7 0 R>>
            endobj
            """;

        var places = PdfDestinations.Read(Encoding.Latin1.GetBytes(pdf), out var pages);

        Assert.Equal(3, pages);
        Assert.Equal(new Dictionary<string, int> { ["chapter-1"] = 1, ["c1-what-β-is"] = 3 }, places);
    }

    [Fact]
    public void A_file_of_another_kind_has_no_places()
    {
        Assert.Empty(PdfDestinations.Read("compressed"u8.ToArray(), out var pages));

        Assert.Equal(0, pages);
    }
}
