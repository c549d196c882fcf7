using System.Net;

namespace NormKernel.Paper.Bibliography;

/// <summary>A source as a line of the list of references.</summary>
internal static class ReferenceHtml
{
    public static string Html(BibEntry entry)
    {
        string?[] parts =
        [
            Authors([.. entry.Authors]),
            $"<cite>{Encode(entry.Text("title")!)}</cite>",
            Venue(entry),
            entry.Text("year") is { } year ? Encode(year) : null,
            entry.Text("note") is { } note ? Encode(note) : null,
        ];
        return $"{string.Join(' ', parts.OfType<string>().Select(Ended))} {string.Join(", ", Links(entry))}.";
    }

    // A title that is a question ends already.
    private static string Ended(string part) => part.EndsWith('.') || part.EndsWith("?</cite>", StringComparison.Ordinal) ? part : part + ".";

    private static string? Authors(string[] names) => names switch
    {
        [] => null,
        [.. var others, "et al."] => Encode($"{string.Join(", ", others)} et al."),
        [var only] => Encode(only),
        [.. var others, var last] => Encode($"{string.Join(", ", others)} and {last}"),
    };

    private static string? Venue(BibEntry entry)
    {
        var place = entry.Text("journal") ?? entry.Text("booktitle") ?? entry.Text("publisher") ?? entry.Text("institution");
        if (place is null)
            return null;
        var number = entry.Text("number") is { } value ? $"({value})" : "";
        var volume = entry.Text("volume") is { } name ? $" {name}" : "";
        var pages = entry.Text("pages") is { } range ? $", {range}" : "";
        return Encode($"{place}{volume}{number}{pages}");
    }

    private static IEnumerable<string> Links(BibEntry entry)
    {
        if (entry.Text("eprint") is { } eprint)
            yield return Link($"https://arxiv.org/abs/{eprint}", $"arXiv:{eprint}");
        if (entry.Text("doi") is { } doi)
            yield return Link($"https://doi.org/{doi}", $"doi:{doi}");
        if (entry.Text("url") is { } url)
            yield return Link(url, url);
    }

    private static string Link(string address, string text) => $"<a href=\"{Encode(address)}\">{Encode(text)}</a>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
