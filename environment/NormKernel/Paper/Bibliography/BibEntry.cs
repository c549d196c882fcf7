using System.Text.RegularExpressions;

namespace NormKernel.Paper.Bibliography;

/// <summary>One source of a BibTeX file.</summary>
/// <param name="Type">article, book and so on.</param>
/// <param name="Key">What the file calls it.</param>
/// <param name="Fields">Its fields by name, as they stand in the file, braces included.</param>
/// <param name="Line">The line it begins on.</param>
public sealed partial record BibEntry(string Type, string Key, IReadOnlyDictionary<string, string> Fields, int Line)
{
    /// <summary>A field as text, without BibTeX's braces; null where there is none.</summary>
    public string? Text(string field) => Fields.TryGetValue(field, out var value) ? BibText.Plain(value) : null;

    /// <summary>The authors' names, first names first; the last is "et al." for BibTeX's "and others".</summary>
    public IReadOnlyList<string> Authors =>
        Fields.TryGetValue("author", out var authors) ? [.. And().Split(authors.Trim()).Select(Name)] : [];

    // A name in braces of its own, {ONNX project}, is not taken apart.
    private static string Name(string name)
    {
        if (name == "others")
            return "et al.";
        var plain = BibText.Plain(name);
        return name[0] != '{' && plain.Split(", ", 2) is [var last, var first] ? $"{first} {last}" : plain;
    }

    // Only between names: no more braces open than close behind it.
    [GeneratedRegex(@"\s+and\s+(?=(?:[^{}]*\{[^{}]*\})*[^{}]*$)")]
    private static partial Regex And();
}
