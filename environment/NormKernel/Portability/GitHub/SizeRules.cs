using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NormKernel.Notebooks;

namespace NormKernel.Portability.GitHub;

/// <summary>What is too large is not shown on GitHub, makes its diffs unreadable and every clone larger for good.</summary>
public static class SizeRules
{
    public const int OutputLimit = 100_000, NotebookLimit = 1_500_000;

    // The standard encoder writes the + of a picture's base64 as six characters; the file has one.
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<Finding> OfFile(string path, long bytes)
    {
        if (bytes > NotebookLimit)
            yield return new(path, null, $"the file has {Kilobytes(bytes)}, more than {Kilobytes(NotebookLimit)}", FrontEnd.GitHub,
                "Large notebooks are shown late, or as text.", "draw fewer points, or make two notebooks of it.");
    }

    /// <summary>Outputs are measured as the file holds them, all representations together.</summary>
    public static IEnumerable<Finding> OfOutputs(Notebook notebook, string path) =>
        from pair in notebook.Cells.Select((cell, index) => (cell, number: index + 1))
        from output in pair.cell.Outputs
        let bytes = Bytes(output)
        where bytes > OutputLimit
        select new Finding(path, new Place(pair.number), $"an output of {Kilobytes(bytes)}, more than {Kilobytes(OutputLimit)} ({Parts(output)})", FrontEnd.GitHub,
            "Large outputs are cut off or make the page slow, and every change of them stays in the history.", "draw fewer points, or print less; `pictures` makes pictures smaller.");

    private static int Bytes(JsonNode? node) => node is null ? 0 : Encoding.UTF8.GetByteCount(node.ToJsonString(AsWritten));

    private static string Parts(JsonNode? output) => output?["data"] is JsonObject data
        ? string.Join(", ", data.Select(part => $"{part.Key} {Kilobytes(Bytes(part.Value))}"))
        : output?["output_type"]?.ToString() ?? "";

    private static string Kilobytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{(bytes + 999) / 1000} kB");
}
