using System.Text.RegularExpressions;

namespace NormKernel.Site.Text;

/// <summary>Text that was printed for a terminal, as a page shows it: without escape codes and overwritten lines.</summary>
public static partial class TerminalText
{
    public static string Clean(string text) =>
        Overwritten().Replace(Escape().Replace(text, "").Replace("\r\n", "\n", StringComparison.Ordinal), "");

    [GeneratedRegex(@"\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B]*(?:\x07|\x1B\\)|[@-Z\\-_])")]
    private static partial Regex Escape();

    // A carriage return starts the line again, as progress lines do; the last one before the line's end overwrites nothing.
    [GeneratedRegex(@"^[^\n]*\r(?!\n|\z)|\r", RegexOptions.Multiline)]
    private static partial Regex Overwritten();
}
