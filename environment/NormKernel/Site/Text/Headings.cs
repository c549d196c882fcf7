using System.Globalization;
using System.Text;

namespace NormKernel.Site.Text;

/// <summary>A heading that can be linked to.</summary>
public sealed record Heading(int Level, string Id, string Html);

/// <summary>The headings of one page, in order, each with an id that no other has.</summary>
/// <param name="prefix">What every id begins with, where several notebooks share a page.</param>
/// <param name="number">The number that a heading of a level gets, where headings have numbers.</param>
public sealed class Headings(string prefix = "", Func<int, string>? number = null)
{
    private readonly List<Heading> all = [];
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    public IReadOnlyList<Heading> All => all;

    public Heading Add(int level, string plainText, string html)
    {
        var slug = prefix + Slug(plainText);
        var id = slug;
        for (var copy = 2; !ids.Add(id); copy++)
            id = string.Create(CultureInfo.InvariantCulture, $"{slug}-{copy}");

        var numbered = number?.Invoke(level) is { Length: > 0 } value ? $"<span class=\"number\">{value}</span> {html}" : html;
        var heading = new Heading(level, id, numbered);
        all.Add(heading);
        return heading;
    }

    /// <summary>Lower-case letters and digits, with one hyphen for whatever lies between.</summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var character in text.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(character))
                slug.Append(character);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        return slug.Length == 0 ? "section" : slug.ToString().TrimEnd('-');
    }
}
