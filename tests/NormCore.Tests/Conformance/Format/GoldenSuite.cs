using System.Text.Json;

namespace NormCore.Tests.Conformance.Format;

/// <summary>The manifests of normvec-1: the golden cases of this folder, and by <see cref="Read"/> those that lie elsewhere.</summary>
internal static class GoldenSuite
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNameCaseInsensitive = true };

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Conformance", "golden");

    public static IReadOnlyDictionary<string, GoldenCase> Cases { get; } = Read(Folder);

    public static TheoryData<string> Ids(string op) => [.. Cases.Values.Where(c => c.Op == op).Select(c => c.Id)];

    /// <summary>Float32 cases whose mean dwarfs the deviation, and for which PyTorch's error is known.</summary>
    public static TheoryData<string> IllConditionedIds(string op) =>
        [.. Cases.Values.Where(c => c.Op == op && c.Cond > 1000 && c.PeerError("f32", "y") is not null).Select(c => c.Id)];

    public static Dictionary<string, GoldenCase> Read(string folder)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        var root = manifest.RootElement;
        Assert.Equal("normvec-1", root.GetProperty("format").GetString());
        var cases = root.GetProperty("cases").Deserialize<List<GoldenCase>>(Names)!;
        Assert.Equal(root.GetProperty("count").GetInt32(), cases.Count);
        return cases.ToDictionary(c => c.Id, c => c with { Folder = folder });
    }
}
