using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NormLab.Interview;

/// <summary>The file of a history: indented JSON with a version, replaced as a whole and never when it could not be read.</summary>
internal sealed class HistoryFile(string path)
{
    private const int Version = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        // What this version does not know would be lost when the file is written again.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
    };

    public string Path => path;

    /// <returns>The answers; none where there is no file yet.</returns>
    public List<GradedAnswer> Read()
    {
        if (!File.Exists(path))
            return [];

        try
        {
            var bytes = File.ReadAllBytes(path);
            RefuseLaterVersion(bytes);
            var answers = JsonSerializer.Deserialize<Content>(bytes, Json)!.Answers;
            return answers.All(answer => answer is { Seconds: >= 0, Topic.Length: > 0 })
                ? answers
                : throw new JsonException("an answer has no topic, or took less than no time");
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException($"{path} is damaged and was left as it is: {problem.Message} Repair it, or move it away to start a new history.", problem);
        }
    }

    /// <summary>Writes beside the file and renames, so that either the old file or the complete new one is there.</summary>
    public void Write(List<GradedAnswer> answers)
    {
        var target = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        var part = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            using (var stream = new FileStream(part, FileMode.CreateNew, FileAccess.Write))
            {
                JsonSerializer.Serialize(stream, new Content(Version, answers), Json);
                stream.Write("\n"u8);
                stream.Flush(flushToDisk: true);
            }

            File.Move(part, target, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"could not write {path}: {problem.Message}", problem);
        }
        finally
        {
            if (File.Exists(part))
                File.Delete(part);
        }
    }

    public void Delete() => File.Delete(path);

    private void RefuseLaterVersion(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var version = document.RootElement.GetProperty("version").GetInt32();
        if (version != Version)
            throw new InvalidDataException($"{path} has version {version} and this program knows version {Version}: it was written by another version of the program and was left as it is.");
    }

    private sealed record Content(int Version, List<GradedAnswer> Answers);
}
