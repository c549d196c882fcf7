using NormKernel.Engine.Outputs;
using NormKernel.Notebooks;

namespace NormKernel.Engine.Directives;

/// <summary>Runs the cells of another notebook, or a script, as if they stood in the importing cell.</summary>
public sealed class Importer(Func<CellSource, CellOutput, CancellationToken, CellOutcome> run)
{
    private readonly Stack<string> open = [];

    /// <exception cref="CellException">The file is none, imports itself, or a cell of it fails.</exception>
    public void Import(string file, CellOutput output, CancellationToken cancellationToken)
    {
        if (open.Contains(file))
            throw new CellException("ImportError", $"{file} imports itself: {string.Join(" -> ", open.Reverse().Append(file).Select(Path.GetFileName))}.");

        open.Push(file);
        try
        {
            foreach (var cell in Cells(file))
            {
                var outcome = run(cell, output, cancellationToken);
                if (outcome.Failure is { } failure)
                    throw new CellException(failure);
                if (outcome.Value is { } value)
                    output.Display(value);
            }
        }
        finally
        {
            open.Pop();
        }
    }

    private static IEnumerable<CellSource> Cells(string file)
    {
        var (name, folder) = (Path.GetFileName(file), Path.GetDirectoryName(file)!);
        return Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".ipynb" => CodeCells(file).Select((cell, index) => new CellSource($"{name}, cell {index + 1}", cell.Source, folder)),
            ".cs" or ".csx" => [new CellSource(name, File.ReadAllText(file), folder)],
            var other => throw new CellException("ImportError", $"{file} cannot be imported: it must be .ipynb, .csx or .cs, not {other}."),
        };
    }

    private static IEnumerable<Cell> CodeCells(string file)
    {
        try
        {
            return Notebook.Load(file).Cells.Where(cell => cell.IsCode && IsCSharp(cell));
        }
        catch (NotebookException invalid)
        {
            throw new CellException("ImportError", $"{file} is not a notebook: {invalid.Message}");
        }
    }

    private static bool IsCSharp(Cell cell) =>
        cell.Json["metadata"]?["polyglot_notebook"]?["kernelName"]?.GetValue<string>() is null or "csharp";
}
