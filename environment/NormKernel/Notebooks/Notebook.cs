using System.Text.Json.Nodes;

namespace NormKernel.Notebooks;

/// <summary>A Jupyter notebook (nbformat 4) in memory.</summary>
public sealed class Notebook(JsonObject json)
{
    public JsonObject Json { get; } = json;

    public IReadOnlyList<Cell> Cells { get; } =
        json["cells"] is JsonArray cells ? [.. cells.Select(cell => new Cell(cell!.AsObject()))] : [];

    /// <summary>Code cells with something in them: those that a run executes, in order.</summary>
    public IEnumerable<Cell> CellsToRun => Cells.Where(cell => cell.IsCode && !string.IsNullOrWhiteSpace(cell.Source));

    /// <summary>Whether there are outputs of a run. A notebook without code needs none.</summary>
    public bool WasRun => !CellsToRun.Any() || CellsToRun.Any(cell => cell.ExecutionCount is not null || cell.Outputs.Count > 0);

    /// <exception cref="NotebookException">The file is missing, unreadable or no nbformat 4 notebook.</exception>
    public static Notebook Load(string path) => NotebookReader.Read(path);
}
