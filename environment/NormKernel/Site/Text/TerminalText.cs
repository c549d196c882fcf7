using System.Text.RegularExpressions;
using NormKernel.Notebooks;

namespace NormKernel.Site.Text;

/// <summary>Text that was printed for a terminal, as a page shows it: without escape codes and overwritten lines.</summary>
public static partial class TerminalText
{
    public static string Clean(string text) => CarriageReturns.Collapse(Escape().Replace(text, ""));

    [GeneratedRegex(@"\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B]*(?:\x07|\x1B\\)|[@-Z\\-_])")]
    private static partial Regex Escape();
}
