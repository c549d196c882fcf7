using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace NormKernel.Engine.Displays;

/// <summary>Values as text: short, readable, and the same in every culture.</summary>
public static class PlainText
{
    private const int Longest = 20_000; // characters
    private const int Deepest = 4;

    public static string Of(object? value) => Limit(Format(value, 0));

    /// <summary>The text, cut where no reader would read on.</summary>
    public static string Limit(string text) => text.Length <= Longest ? text : $"{text[..Longest]}… ({text.Length} characters)";

    internal static string Format(object? value, int depth) => value switch
    {
        null => "null",
        string text => depth == 0 ? text : $"\"{text}\"",
        char character => depth == 0 ? character.ToString() : $"'{character}'",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF zzz", CultureInfo.InvariantCulture),
        Type type => TypeName.Of(type),
        DictionaryEntry entry => $"{Format(entry.Key, depth + 1)}: {Format(entry.Value, depth + 1)}",
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Format(tuple[i], depth + 1)))})",
        _ when TensorText.IsTensor(value) => TensorText.Of(value),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ when depth > Deepest => "…",
        _ when RecordText.IsRecord(value.GetType()) => RecordText.Of(value, depth),
        IEnumerable items when !HasOwnText(value) => SequenceText.Of(items, depth),
        _ when RecordText.IsPair(value.GetType()) => RecordText.Pair(value, depth),
        _ when HasOwnText(value) => value.ToString() ?? "",
        _ => TypeName.Of(value.GetType()),
    };

    // Collections and object itself inherit a ToString that only names the type.
    private static bool HasOwnText(object value)
    {
        var declaring = value.GetType().GetMethod("ToString", Type.EmptyTypes)!.DeclaringType!;
        if (declaring == typeof(object) || declaring == typeof(ValueType))
            return false;

        return value is not IEnumerable || declaring.Namespace?.StartsWith("System", StringComparison.Ordinal) != true;
    }
}
