using System.Text.Json.Nodes;
using NormKernel.Notebooks;

namespace NormKernel.Site.Pages;

/// <summary>A code cell's source; folded away where the notebook says so, as Jupyter does.</summary>
internal static class CodeCell
{
    public static string Html(Cell cell, string coloredCode)
    {
        if (coloredCode.Trim().Length == 0)
            return "";
        var code = $"""<div class="cell"><pre class="code"><code>{coloredCode.TrimEnd()}</code></pre></div>""";
        return IsFolded(cell) ? $"<details class=\"folded\"><summary>Code</summary>{code}</details>\n" : code + "\n";
    }

    private static bool IsFolded(Cell cell) =>
        cell.Json["metadata"]?["jupyter"]?["source_hidden"] is JsonValue hidden && hidden.TryGetValue<bool>(out var value) && value
        || cell.HasTag("hide-input") || cell.HasTag("hide_input");
}
