using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NormKernel.Notebooks.Json;

/// <summary>
/// JSON with the bytes of Python's <c>json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False)</c>, which is what every
/// Jupyter tool writes: a notebook that is saved there and here alternately must not change.
/// </summary>
public static class PythonJson
{
    /// <exception cref="ArgumentException">A number that JSON cannot hold (not a number, infinite).</exception>
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Append(text, node, depth: 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case JsonObject members:
                AppendObject(text, members, depth);
                break;
            case JsonArray items:
                AppendArray(text, items, depth);
                break;
            case JsonValue value:
                AppendValue(text, value);
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void AppendObject(StringBuilder text, JsonObject members, int depth)
    {
        text.Append('{');
        var first = true;
        foreach (var (name, value) in members.OrderBy(member => member.Key, PythonText.CodePointOrder))
        {
            StartItem(text, ref first, depth + 1);
            PythonText.Append(text, name);
            text.Append(": ");
            Append(text, value, depth + 1);
        }

        End(text, '}', isEmpty: first, depth);
    }

    private static void AppendArray(StringBuilder text, JsonArray items, int depth)
    {
        text.Append('[');
        var first = true;
        foreach (var item in items)
        {
            StartItem(text, ref first, depth + 1);
            Append(text, item, depth + 1);
        }

        End(text, ']', isEmpty: first, depth);
    }

    private static void AppendValue(StringBuilder text, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                PythonText.Append(text, value.GetValue<string>());
                break;
            case JsonValueKind.Number:
                text.Append(PythonNumber.Write(value));
                break;
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void StartItem(StringBuilder text, ref bool first, int depth)
    {
        if (!first)
            text.Append(',');
        first = false;
        text.Append('\n').Append(' ', depth);
    }

    private static void End(StringBuilder text, char bracket, bool isEmpty, int depth)
    {
        if (!isEmpty)
            text.Append('\n').Append(' ', depth);
        text.Append(bracket);
    }
}
