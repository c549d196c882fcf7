using System.Text.Json.Nodes;

namespace Polyglot.Tests;

/// <summary>The same cells as they are committed, with the outputs of this repository's engine.</summary>
internal static class CommittedCells
{
    /// <summary>How many values each code cell that is not empty shows, in the order of the cells.</summary>
    public static IReadOnlyList<int> ValuesShown(string path) =>
    [
        .. from cell in JsonNode.Parse(File.ReadAllText(path))!["cells"]!.AsArray()
           where (string?)cell!["cell_type"] == "code" && cell["source"]!.AsArray().Any(line => !string.IsNullOrWhiteSpace((string?)line))
           select cell["outputs"]!.AsArray().Count(output => output!["data"] is not null),
    ];
}
