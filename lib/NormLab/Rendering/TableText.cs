using System.Net;

namespace NormLab.Rendering;

/// <summary>The three ways to write a <see cref="Table"/>. Columns of numbers are aligned right.</summary>
internal static class TableText
{
    public static string Plain(Table table)
    {
        var lines = Lines(table);
        var widths = Enumerable.Range(0, table.Columns.Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        return string.Join("\n", lines.Select(line => string.Join("  ", line.Select((text, column) => Pad(text, column))).TrimEnd()));

        string Pad(string text, int column) =>
            table.IsNumeric(column) ? text.PadLeft(widths[column]) : text.PadRight(widths[column]);
    }

    public static string Markdown(Table table)
    {
        var rule = table.Columns.Select((_, column) => table.IsNumeric(column) ? "---:" : "---").ToArray();
        var lines = Lines(table).Select(line => line.Select(EscapeMarkdown).ToArray()).ToList();
        lines.Insert(1, rule);
        return string.Join("\n", lines.Select(line => $"| {string.Join(" | ", line)} |"));
    }

    public static string Html(Table table)
    {
        var rows = Lines(table).Select((line, row) => $"<tr>{string.Concat(line.Select((text, column) => HtmlCell(text, column, row == 0)))}</tr>").ToArray();
        return $"<table><thead>{rows[0]}</thead><tbody>{string.Concat(rows[1..])}</tbody></table>";

        string HtmlCell(string text, int column, bool title)
        {
            var tag = title ? "th" : "td";
            return $"<{tag} style=\"text-align:{(table.IsNumeric(column) ? "right" : "left")}\">{WebUtility.HtmlEncode(text)}</{tag}>";
        }
    }

    private static List<string[]> Lines(Table table) =>
        [[.. table.Columns], .. table.Rows.Select(row => row.Select(Cell.Text).ToArray())];

    // A bar ends a cell; the others would start emphasis, code, a formula or a tag.
    private static string EscapeMarkdown(string text) => string.Concat(text.Select(letter => letter switch
    {
        '\n' => " ",
        '|' or '*' or '_' or '`' or '$' or '<' or '\\' => $"\\{letter}",
        _ => letter.ToString(),
    }));
}
