namespace NormKernel.Portability.Code;

/// <summary>Every notebook but the set-up itself imports the set-up, in its first code cell.</summary>
public static class ImportRule
{
    public const string Line = "#!import ../environment/setup.ipynb";

    public static IEnumerable<Finding> Find(IReadOnlyList<CodeCell> cells, string path)
    {
        if (cells.Count == 0 || cells[0].IsOfSetup || cells[0].Cell.Source.Trim() == Line)
            yield break;

        yield return new(path, new Place(cells[0].Number), "the first code cell is not the import of the set-up, alone",
            FrontEnd.Join(FrontEnd.Interactive, FrontEnd.Verso, FrontEnd.ClrKernel),
            "The library comes from the set-up. Verso knows a directive in the first line of a cell only, takes quotes for a part of the file's name, and does not run what follows the import.",
            $"make the first code cell the line `{Line}` and nothing else.");
    }
}
