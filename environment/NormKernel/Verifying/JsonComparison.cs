using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NormKernel.Notebooks.Json;

namespace NormKernel.Verifying;

/// <summary>Compares two JSON values leaf by leaf; typed arrays count as the numbers that they hold.</summary>
public static class JsonComparison
{
    private const int LongestExcerpt = 80;

    public static IEnumerable<(string Where, string Old, string New)> Compare(JsonNode? committed, JsonNode? rerun, string path = "")
    {
        if (TypedArray.Decode(committed) is { } oldNumbers && TypedArray.Decode(rerun) is { } newNumbers)
            return CompareNumbers(oldNumbers, newNumbers, path);

        return (committed, rerun) switch
        {
            (JsonObject oldObject, JsonObject newObject) => CompareObjects(oldObject, newObject, path),
            (JsonArray oldArray, JsonArray newArray) => CompareArrays(oldArray, newArray, path),
            (JsonValue oldValue, JsonValue newValue) => CompareValues(oldValue, newValue, path),
            (null, null) => [],
            _ => [(path, KindOf(committed), KindOf(rerun))],
        };
    }

    private static IEnumerable<(string, string, string)> CompareObjects(JsonObject committed, JsonObject rerun, string path) =>
        committed.Select(member => member.Key).Union(rerun.Select(member => member.Key)).SelectMany(name =>
        {
            var member = path.Length == 0 ? name : $"{path}.{name}";
            return (committed.ContainsKey(name), rerun.ContainsKey(name)) switch
            {
                (true, false) => [(member, KindOf(committed[name]), "(missing)")],
                (false, true) => [(member, "(missing)", KindOf(rerun[name]))],
                _ => Compare(committed[name], rerun[name], member),
            };
        });

    private static IEnumerable<(string, string, string)> CompareArrays(JsonArray committed, JsonArray rerun, string path) =>
        committed.Count != rerun.Count
            ? [(path, $"{committed.Count} entries", $"{rerun.Count} entries")]
            : committed.Zip(rerun).SelectMany((pair, index) => Compare(pair.First, pair.Second, $"{path}[{index}]"));

    private static IEnumerable<(string, string, string)> CompareNumbers(IReadOnlyList<double> committed, IReadOnlyList<double> rerun, string path) =>
        committed.Count != rerun.Count
            ? [(path, $"{committed.Count} numbers", $"{rerun.Count} numbers")]
            : committed.Zip(rerun)
                .Select((pair, index) => (Where: $"{path}[{index}]", Old: pair.First, New: pair.Second))
                .Where(entry => !entry.Old.Equals(entry.New))
                .Select(entry => (entry.Where, Text(entry.Old), Text(entry.New)));

    private static IEnumerable<(string, string, string)> CompareValues(JsonValue committed, JsonValue rerun, string path)
    {
        var (oldKind, newKind) = (committed.GetValueKind(), rerun.GetValueKind());
        if (oldKind == JsonValueKind.String && newKind == JsonValueKind.String)
        {
            return TextComparison.Compare(committed.GetValue<string>(), rerun.GetValue<string>())
                .Select(difference => ($"{path} {difference.Where}".Trim(), difference.Old, difference.New));
        }

        var (oldText, newText) = (committed.ToJsonString(), rerun.ToJsonString());
        var areSame = oldText == newText
            || (oldKind == JsonValueKind.Number && newKind == JsonValueKind.Number && Number(oldText).Equals(Number(newText)));
        return areSame ? [] : [(path, Text(committed), Text(rerun))];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(JsonValue value) =>
        PythonJson.Write(value) is { Length: > LongestExcerpt } text ? text[..LongestExcerpt] + "…" : PythonJson.Write(value);

    private static string KindOf(JsonNode? node) => node switch
    {
        JsonObject => "an object",
        JsonArray array => $"{array.Count} entries",
        JsonValue value => Text(value),
        _ => "null",
    };
}
