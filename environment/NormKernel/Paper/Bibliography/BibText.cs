using System.Text.RegularExpressions;

namespace NormKernel.Paper.Bibliography;

/// <summary>The values of BibTeX fields: UTF-8 text, with braces that keep letters as they are and a few escapes.</summary>
internal static partial class BibText
{
    /// <summary>The text without braces and escapes, white space made single.</summary>
    public static string Plain(string value)
    {
        var text = Space().Replace(Escape().Replace(value, match => match.Groups[1].Value), " ").Trim();
        return text.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)
            .Replace("--", "–", StringComparison.Ordinal).Replace('~', '\u00a0');
    }

    /// <summary>The first command of TeX in a value, which this reader does not know; null where there is none.</summary>
    public static string? Command(string value) => UnknownCommand().Match(value) is { Success: true, Value: var command } ? command : null;

    [GeneratedRegex(@"\\([&%$#_])")]
    private static partial Regex Escape();

    [GeneratedRegex(@"\\(?![&%$#_])(?:[A-Za-z]+|.?)")]
    private static partial Regex UnknownCommand();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
