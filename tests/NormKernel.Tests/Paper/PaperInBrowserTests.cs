using System.Text;
using NormKernel.Paper;
using NormKernel.Paper.Printing;
using NormKernel.Site.Pictures;
using NormKernel.Tests.Site;

namespace NormKernel.Tests.Paper;

public sealed class PaperInBrowserTests
{
    [Fact]
    public async Task A_paper_is_printed_with_drawings_and_with_the_pages_of_its_chapters()
    {
        var browser = Chromium.Find();
        Assert.SkipWhen(browser is null, "no Chromium, Chrome or Edge is installed here to print with");
        using var folder = new TestFolder();
        string Notebook(string name) => new SampleNotebook().Markdown($"# {name}\n\nAnswer.\n\n## A part β\n\n$$a$$").Code("x", SampleNotebook.Chart("Loss falls")).WriteTo(folder, $"{name}.ipynb");
        string[] notebooks = [Notebook("One"), Notebook("Two")];
        var log = new List<string>();

        await PaperBuilder.Build(notebooks, folder["paper"], new PaperOptions(), log.Add, TestContext.Current.CancellationToken);
        var first = await File.ReadAllTextAsync(folder["paper/paper.html"], TestContext.Current.CancellationToken);
        await PaperBuilder.Build(notebooks, folder["paper"], new PaperOptions(), log.Add, TestContext.Current.CancellationToken);

        Assert.Equal(first, await File.ReadAllTextAsync(folder["paper/paper.html"], TestContext.Current.CancellationToken));
        Assert.Equal(2, first.Split("data:image/svg+xml;base64,").Length - 1);
        var pdf = await File.ReadAllBytesAsync(folder["paper/paper.pdf"], TestContext.Current.CancellationToken);
        Assert.StartsWith("%PDF-", Encoding.ASCII.GetString(pdf, 0, 8), StringComparison.Ordinal);

        // Title, abstract and contents come first, each chapter begins a page, then provenance.
        var places = PdfDestinations.Read(pdf, out var pages);
        Assert.Equal(6, pages);
        Assert.Equal((4, 4, 5, 5, 6), (places["chapter-1"], places["c1-a-part-β"], places["chapter-2"], places["c2-a-part-β"], places["provenance"]));
    }
}
