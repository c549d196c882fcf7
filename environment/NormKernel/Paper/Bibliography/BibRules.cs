namespace NormKernel.Paper.Bibliography;

/// <summary>What an entry must have so that a link can find it and a list can show it.</summary>
internal static class BibRules
{
    private static readonly string[] Types = ["article", "book", "inproceedings", "misc", "techreport"];

    private static readonly string[] Fields =
        ["author", "title", "year", "eprint", "doi", "url", "journal", "booktitle", "volume", "number", "pages", "publisher", "institution", "note"];

    /// <summary>What is wrong with <paramref name="entry"/>, given those before it; null where nothing is.</summary>
    public static string? Problem(BibEntry entry, IReadOnlyList<BibEntry> before)
    {
        if (!Types.Contains(entry.Type))
            return $"@{entry.Type} is no known type; there are {string.Join(", ", Types)}";
        if (entry.Fields.Keys.Except(Fields).FirstOrDefault() is { } unknown)
            return $"{entry.Key} has the field {unknown}; known are {string.Join(", ", Fields)}";
        if (string.IsNullOrEmpty(entry.Text("title")))
            return $"{entry.Key} has no title";
        if (before.FirstOrDefault(other => other.Key == entry.Key) is { } same)
            return $"{entry.Key} is the key of the entry on line {same.Line} too";
        var addresses = SourceAddress.Of(entry).ToList();
        if (addresses.Count == 0)
            return $"{entry.Key} has no eprint, doi or url, by which links in the notebooks find it";
        var twin = before.FirstOrDefault(other => SourceAddress.Of(other).Intersect(addresses).Any());
        return twin is null ? null : $"{entry.Key} has the same address as {twin.Key} on line {twin.Line}";
    }
}
