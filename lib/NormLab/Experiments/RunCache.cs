using System.Text.Json;
using System.Text.Json.Serialization;
using NormLab.Data;
using NormLab.Training;

namespace NormLab.Experiments;

/// <summary>
/// Finished runs in a folder, one file each, so that an interrupted experiment goes on where it was. A run is found again only by an
/// experiment that would compute the same: same build of the library, data, weights, gradients, options and names.
/// </summary>
/// <param name="folder">The folder; it is made when needed and can be deleted at any time.</param>
/// <remarks>The code of an observer or of an arm's network that the first gradients do not show is not looked at, only its name.</remarks>
public sealed class RunCache(string folder)
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>A folder below artifacts/runs of the repository around the working folder, which git ignores.</summary>
    /// <param name="name">The name of the folder.</param>
    public static RunCache InArtifacts(string name) => new(Path.Combine(DataFolders.Repository ?? Environment.CurrentDirectory, "artifacts", "runs", name));

    internal TrainingRun? Find(string key)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingRun>(File.ReadAllText(PathOf(key)), Json);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            // Not there, or damaged: computed again.
            return null;
        }
    }

    internal void Keep(string key, TrainingRun run)
    {
        Directory.CreateDirectory(folder);
        var part = $"{PathOf(key)}.{Environment.ProcessId}.part";
        File.WriteAllText(part, JsonSerializer.Serialize(run, Json));
        File.Move(part, PathOf(key), overwrite: true);
    }

    private string PathOf(string key) => Path.Combine(folder, $"{key}.json");
}
