using System.Text.Json;

namespace NormLab.Interview;

/// <summary>The markdown cells of a notebook file.</summary>
internal static class NotebookCells
{
    /// <returns>Each markdown cell with its number among all cells, from 1 on.</returns>
    public static IReadOnlyList<(int Number, string Text)> Markdown(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. document.RootElement.GetProperty("cells").EnumerateArray()
                .Select((cell, index) => (cell, Number: index + 1))
                .Where(item => item.cell.GetProperty("cell_type").GetString() == "markdown")
                .Select(item => (item.Number, Source(item.cell)))];
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is not a notebook: {problem.Message}", problem);
        }
    }

    private static string Source(JsonElement cell)
    {
        var source = cell.GetProperty("source");
        var text = source.ValueKind == JsonValueKind.Array
            ? string.Concat(source.EnumerateArray().Select(line => line.GetString()))
            : source.GetString()!;
        return text.ReplaceLineEndings("\n");
    }
}
