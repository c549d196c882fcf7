using System.Globalization;
using System.Text.RegularExpressions;

namespace NormKernel.Paper.Printing;

/// <summary>
/// On which page of a PDF the places lie that links of the paper lead to. Reads the plain objects that Chromium writes;
/// where it finds none, the contents stay without page numbers.
/// </summary>
internal static partial class PdfDestinations
{
    /// <summary>The page of each named place; the first page is 1.</summary>
    public static IReadOnlyDictionary<string, int> Read(byte[] pdf, out int pageCount)
    {
        // One byte, one character: streams of compressed data pass through unharmed.
        var text = System.Text.Encoding.Latin1.GetString(pdf);
        var objects = new Dictionary<int, string>();
        foreach (Match match in Dictionary().Matches(text))
            objects[Number(match.Groups["id"])] = match.Groups["content"].Value;

        var order = new Dictionary<int, int>();
        if (objects.Values.FirstOrDefault(content => content.Contains("/Type /Catalog", StringComparison.Ordinal)) is { } catalog && Pages().Match(catalog) is { Success: true } root)
            Visit(Number(root.Groups["id"]), objects, order);
        pageCount = order.Count;
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Match place in Place().Matches(text))
        {
            if (order.TryGetValue(Number(place.Groups["page"]), out var page))
                places[Name(place.Groups["name"].Value)] = page;
        }

        return places;
    }

    private static void Visit(int id, Dictionary<int, string> objects, Dictionary<int, int> order)
    {
        if (!objects.TryGetValue(id, out var content) || order.ContainsKey(id))
            return;
        if (Kids().Match(content) is not { Success: true } kids)
        {
            order[id] = order.Count + 1;
            return;
        }

        foreach (Match kid in Reference().Matches(kids.Groups["kids"].Value))
            Visit(Number(kid.Groups["id"]), objects, order);
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>A PDF name, in which #2e stands for a full stop, of an address, in which %CE%B2 stands for a β.</summary>
    private static string Name(string name) =>
        Uri.UnescapeDataString(Escaped().Replace(name, match => ((char)Convert.ToInt32(match.Groups["code"].Value, 16)).ToString()));

    [GeneratedRegex(@"(?<id>\d+) 0 obj\s*(?<content><<.*?>>)\s*(?:stream|endobj)", RegexOptions.Singleline)]
    private static partial Regex Dictionary();

    [GeneratedRegex(@"/Pages (?<id>\d+) 0 R")]
    private static partial Regex Pages();

    [GeneratedRegex(@"/Kids\s*\[(?<kids>[^\]]*)\]")]
    private static partial Regex Kids();

    [GeneratedRegex(@"(?<id>\d+) 0 R")]
    private static partial Regex Reference();

    [GeneratedRegex(@"/(?<name>[^\s/\[\]<>()]+)\s*\[(?<page>\d+) 0 R\s*/XYZ")]
    private static partial Regex Place();

    [GeneratedRegex("#(?<code>[0-9A-Fa-f]{2})")]
    private static partial Regex Escaped();
}
