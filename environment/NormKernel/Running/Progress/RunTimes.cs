using System.Text.Json;
using NormKernel.Notebooks;

namespace NormKernel.Running.Progress;

/// <summary>How long each cell took when it last ran, kept between runs so that a run can say how long it will take.</summary>
public sealed class RunTimes
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, IndentSize = 1, NewLine = "\n" };

    private readonly SortedDictionary<string, SortedDictionary<string, double>> secondsByNotebook;

    private RunTimes(SortedDictionary<string, SortedDictionary<string, double>> secondsByNotebook) =>
        this.secondsByNotebook = secondsByNotebook;

    public RunTimes()
        : this(new SortedDictionary<string, SortedDictionary<string, double>>(StringComparer.Ordinal))
    {
    }

    /// <summary>The times kept at <paramref name="path"/>; none where the file is missing or no longer understood.</summary>
    public static RunTimes Load(string path)
    {
        try
        {
            return new RunTimes(JsonSerializer.Deserialize<SortedDictionary<string, SortedDictionary<string, double>>>(File.ReadAllBytes(path)) ?? []);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return new RunTimes();
        }
    }

    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, secondsByNotebook, Options));
    }

    /// <param name="notebook">The notebook and whatever else decides how long it takes, such as the profile.</param>
    /// <param name="cellId">The cell's nbformat id.</param>
    public double? SecondsOf(string notebook, string cellId) =>
        secondsByNotebook.TryGetValue(notebook, out var cells) && cells.TryGetValue(cellId, out var seconds) ? seconds : null;

    /// <summary>Remembers the cells that ran; those of an earlier run that this one did not reach stay.</summary>
    public void Remember(string notebook, IEnumerable<CellRun> cells)
    {
        if (!secondsByNotebook.TryGetValue(notebook, out var seconds))
            secondsByNotebook[notebook] = seconds = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var cell in cells)
            seconds[cell.Id] = Math.Round(cell.Duration.TotalSeconds, 3);
    }
}
