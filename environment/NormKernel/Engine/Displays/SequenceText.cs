using System.Collections;

namespace NormKernel.Engine.Displays;

/// <summary>Collections: the first items, and how many there are where that is known without looking at all of them.</summary>
public static class SequenceText
{
    private const int Shown = 20;

    internal static string Of(IEnumerable items, int depth) => items is Array { Rank: 2 } matrix ? Matrix(matrix, depth) : Sequence(items, depth);

    private static string Sequence(IEnumerable items, int depth)
    {
        var shown = new List<string>();
        var more = false;
        var pairs = items is IDictionary;
        foreach (var item in items)
        {
            if (more = shown.Count == Shown)
                break;
            pairs |= item is not null && RecordText.IsPair(item.GetType());
            shown.Add(PlainText.Format(item, depth + 1));
        }

        if (more)
            shown.Add(items is ICollection { Count: var count } ? $"… ({count} items)" : "… (more)");
        var (open, close) = pairs ? ("{", "}") : ("[", "]");
        return shown.Count == 0 ? open + close : pairs ? $"{open} {string.Join(", ", shown)} {close}" : $"{open}{string.Join(", ", shown)}{close}";
    }

    private static string Matrix(Array matrix, int depth)
    {
        var rows = Enumerable.Range(0, matrix.GetLength(0))
            .Select(row => Enumerable.Range(0, matrix.GetLength(1)).Select(column => matrix.GetValue(row, column)).ToArray());
        var lines = rows.Take(Shown).Select(row => Sequence(row, depth)).ToList();
        if (matrix.GetLength(0) > Shown)
            lines.Add($"… ({matrix.GetLength(0)} rows)");
        return $"[{string.Join(",\n ", lines)}]";
    }
}
