using System.Text.Json;
using System.Text.Json.Nodes;

namespace NormKernel.Notebooks;

/// <summary>Reads a notebook file and checks what the rest of the program relies on, so that a bad file is named here.</summary>
public static class NotebookReader
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    // Duplicate names would otherwise surface only when the object is first looked into.
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 256 };

    /// <exception cref="NotebookException">The file is missing, unreadable or no nbformat 4 notebook.</exception>
    public static Notebook Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NotebookException(path, "there is no such file", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new NotebookException(path, $"cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>The same for bytes in memory; <paramref name="path"/> is only named in errors.</summary>
    public static Notebook Parse(ReadOnlySpan<byte> utf8, string path)
    {
        if (utf8.StartsWith(ByteOrderMark))
            utf8 = utf8[ByteOrderMark.Length..];
        if (utf8.IsEmpty)
            throw new NotebookException(path, "is empty; a notebook is a JSON file with cells");

        var json = ParseObject(utf8, path) ?? throw new NotebookException(path, "is JSON, but not an object with cells, so not a notebook");
        NotebookShape.Check(json, path);
        return new Notebook(json);
    }

    private static JsonObject? ParseObject(ReadOnlySpan<byte> utf8, string path)
    {
        try
        {
            var json = JsonNode.Parse(utf8, documentOptions: Options);
            ReadEveryString(json);
            return json as JsonObject;
        }
        catch (JsonException problem)
        {
            throw new NotebookException(path, $"is not valid JSON (line {problem.LineNumber + 1}): {problem.Message}", problem);
        }
        catch (InvalidOperationException problem)
        {
            throw new NotebookException(path, $"holds text that is not valid Unicode (half of a surrogate pair, or broken UTF-8): {problem.Message}", problem);
        }
    }

    /// <summary>Strings are decoded on first use; a broken one must fail while the file's name is at hand.</summary>
    private static void ReadEveryString(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var (_, value) in members)
                ReadEveryString(value);
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
                ReadEveryString(item);
        }
        else if (node is JsonValue value && value.GetValueKind() == JsonValueKind.String)
        {
            _ = value.GetValue<string>();
        }
    }
}
