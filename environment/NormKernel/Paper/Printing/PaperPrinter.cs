using System.Text;
using NormKernel.Notebooks;
using NormKernel.Paper.Parts;
using NormKernel.Site.Pictures;

namespace NormKernel.Paper.Printing;

/// <summary>Prints a paper twice: the first time tells on which page everything is, the second has those numbers in its contents.</summary>
internal static class PaperPrinter
{
    /// <summary>Writes the PDF and returns how many pages it has; 0 where that cannot be told.</summary>
    /// <exception cref="IOException">The browser did not print, or the file could not be written.</exception>
    /// <exception cref="TimeoutException">The browser took too long.</exception>
    public static async Task<int> Print(string html, string target, Chromium browser, CancellationToken cancellation)
    {
        var folder = browser.CreateFolder();
        try
        {
            var first = await Pdf(html, folder, browser, cancellation);
            var places = PdfDestinations.Read(first, out var pageCount);
            var final = places.Count == 0 ? first : await Pdf(Contents.WithPages(html, places), folder, browser, cancellation);
            AtomicFile.Write(target, stream => stream.Write(final));
            return pageCount;
        }
        finally
        {
            TemporaryFolder.Delete(folder);
        }
    }

    private static async Task<byte[]> Pdf(string html, string folder, Chromium browser, CancellationToken cancellation)
    {
        var (page, pdf) = (Path.Combine(folder, "paper.html"), Path.Combine(folder, "paper.pdf"));
        await File.WriteAllTextAsync(page, html, new UTF8Encoding(false), cancellation);
        await browser.Print(page, pdf, cancellation);
        return await File.ReadAllBytesAsync(pdf, cancellation);
    }
}
