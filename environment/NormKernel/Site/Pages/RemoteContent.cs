using System.Text.RegularExpressions;

namespace NormKernel.Site.Pages;

/// <summary>Addresses that a browser would load by itself. A link that a reader may follow is none.</summary>
public static partial class RemoteContent
{
    public static IReadOnlyList<string> In(string html) =>
        [.. Loaded().Matches(html).Select(match => match.Groups["address"].Value).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex("""(?:<(?!a\b)[a-z0-9]+\b[^<>]*?\s(?:src|href|poster|data)\s*=\s*["']?|url\(\s*["']?|@import\s+["'])(?<address>(?:https?:)?//[^"'\s<>)]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Loaded();
}
