using System.Collections;
using System.Reflection;
using System.Text;

namespace NormKernel.Engine.Displays;

/// <summary>A sequence of records as a Markdown table whose columns also line up as plain text.</summary>
public static class RecordTable
{
    private const int Shown = 30;

    /// <summary>Null where the items are not all records of one type.</summary>
    public static string? Of(IEnumerable items)
    {
        var rows = new List<object>();
        foreach (var item in items)
        {
            if (item is null || (rows.Count == 0 ? !RecordText.IsRecord(item.GetType()) : item.GetType() != rows[0].GetType()))
                return null;
            rows.Add(item);
            if (rows.Count > Shown)
                break;
        }

        var columns = rows.Count == 0 ? [] : RecordText.Properties(rows[0].GetType());
        if (columns.Length == 0)
            return null;

        var table = Text(columns, rows.Take(Shown));
        return rows.Count <= Shown ? table : $"{table}\n\n… {(items is ICollection { Count: var count } ? $"({count} rows)" : "(more rows)")}";
    }

    private static string Text(PropertyInfo[] columns, IEnumerable<object> rows)
    {
        var cells = rows.Select(row => columns.Select(column => Escape(Cell(column.GetValue(row)))).ToArray()).ToList();
        var widths = columns.Select((column, i) => Math.Max(3, cells.Select(row => row[i].Length).Append(column.Name.Length).Max())).ToArray();
        var numeric = columns.Select(column => IsNumeric(column.PropertyType)).ToArray();

        var text = new StringBuilder();
        AppendRow(text, columns.Select((column, i) => Pad(column.Name, widths[i], numeric[i])));
        AppendRow(text, widths.Select((width, i) => numeric[i] ? new string('-', width - 1) + ":" : new string('-', width)));
        foreach (var row in cells)
            AppendRow(text, row.Select((cell, i) => Pad(cell, widths[i], numeric[i])));
        return text.ToString().TrimEnd('\n');
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Cell(object? value) => value is null ? "" : PlainText.Format(value, value is string or char ? 0 : 1);

    private static string Pad(string cell, int width, bool right) => right ? cell.PadLeft(width) : cell.PadRight(width);

    private static string Escape(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static bool IsNumeric(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) is >= TypeCode.SByte and <= TypeCode.Decimal && !type.IsEnum;
}
