using System.Text.RegularExpressions;

namespace NormKernel.Paper.Bibliography;

/// <summary>One name for a source, however it is linked: arXiv:1502.03167v3, doi:10.1000/182, or the address of a page.</summary>
internal static partial class SourceAddress
{
    /// <summary>The source's name, or null where the link leads to no page outside.</summary>
    public static string? Of(string link)
    {
        if (!Uri.TryCreate(link, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return null;
        if (Arxiv().Match(link) is { Success: true } arxiv)
            return $"arXiv:{arxiv.Groups["id"].Value}";
        if (Doi().Match(link) is { Success: true } doi)
            return $"doi:{Uri.UnescapeDataString(doi.Groups["id"].Value).ToLowerInvariant()}";

        // A part of a page is cited as the page.
        return $"https://{address.Authority}{address.PathAndQuery}".TrimEnd('/');
    }

    /// <summary>The names under which an entry is found.</summary>
    public static IEnumerable<string> Of(BibEntry entry)
    {
        if (entry.Text("eprint") is { } eprint)
            yield return $"arXiv:{eprint}";
        if (entry.Text("doi") is { } doi)
            yield return $"doi:{doi.ToLowerInvariant()}";
        if (entry.Text("url") is { } url && Of(url) is { } address)
            yield return address;
    }

    /// <summary>An arXiv name without its version: what two versions of one paper share.</summary>
    public static string WithoutVersion(string name) => Version().Replace(name, "");

    [GeneratedRegex(@"^https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/(?<id>[^?#]+?)(?:\.pdf)?/?(?:[?#].*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Arxiv();

    [GeneratedRegex(@"^https?://(?:dx\.)?doi\.org/(?<id>10\.[^?#]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Doi();

    [GeneratedRegex(@"(?<=^arXiv:.*)v\d+$")]
    private static partial Regex Version();
}
