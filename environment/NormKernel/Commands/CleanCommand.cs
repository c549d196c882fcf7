using System.CommandLine;
using NormKernel.Notebooks;
using NormKernel.Running;
using Spectre.Console;

namespace NormKernel.Commands;

/// <summary><c>clean</c>: removes outputs and execution counts.</summary>
public sealed class CleanCommand(CommandContext context)
{
    public Command Create()
    {
        var paths = NotebookArguments.Paths();
        var command = new Command("clean", """
            Removes outputs and execution counts from notebooks.

            Example: clean notebooks/01-derivation.ipynb
            """)
        { paths };
        command.SetAction(arguments => Clean(NotebookFiles.Find(arguments.GetValue(paths)!, context.CurrentFolder)));
        return command;
    }

    private int Clean(IReadOnlyList<string> paths)
    {
        var exitCode = ExitCode.Success;
        foreach (var path in paths)
        {
            try
            {
                var notebook = Notebook.Load(path);
                foreach (var cell in notebook.Cells.Where(cell => cell.IsCode))
                    CellState.Clear(cell);
                var changed = NotebookWriter.Write(notebook, path);
                context.Console.WriteLine($"{context.DisplayName(path)}: {(changed ? "cleaned" : "was clean")}");
            }
            catch (Exception problem) when (problem is NotebookException or IOException)
            {
                context.Console.WriteLine(problem.Message);
                exitCode = ExitCode.Failure;
            }
        }

        return exitCode;
    }
}
