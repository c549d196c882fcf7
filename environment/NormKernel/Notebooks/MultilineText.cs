using System.Buffers;
using System.Text.Json.Nodes;

namespace NormKernel.Notebooks;

/// <summary>nbformat's multi-line strings: one string, or a list of lines that keep their line ends.</summary>
public static class MultilineText
{
    // nbformat splits with Python's str.splitlines, which knows more line ends than \n; other splits would give other bytes.
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\v\f\u001c\u001d\u001e\u0085\u2028\u2029");

    public static string Join(JsonNode? node) => node switch
    {
        JsonArray lines => string.Concat(lines.Select(line => line!.GetValue<string>())),
        JsonValue text => text.GetValue<string>(),
        _ => "",
    };

    public static JsonArray Split(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = EndOfLine(text, start);
            lines.Add((JsonNode)text[start..end]);
            start = end;
        }

        return lines;
    }

    private static int EndOfLine(string text, int start)
    {
        var length = text.AsSpan(start).IndexOfAny(LineEnds);
        if (length < 0)
            return text.Length;

        var lineEnd = start + length;
        var isPair = text[lineEnd] == '\r' && lineEnd + 1 < text.Length && text[lineEnd + 1] == '\n';
        return lineEnd + (isPair ? 2 : 1);
    }
}
