using System.CommandLine;
using NormKernel.Notebooks;
using Spectre.Console;

namespace NormKernel.Commands;

/// <summary><c>pictures</c>: completes the pictures of charts, without running anything.</summary>
public sealed class PicturesCommand(CommandContext context)
{
    public Command Create()
    {
        var paths = NotebookArguments.Paths();
        var command = new Command("pictures", """
            Draws the pictures that charts lack, makes pictures smaller, and writes their alternative text; runs no cell.

            Example: pictures notebooks/01-derivation.ipynb
            """)
        { paths };
        command.SetAction((arguments, cancellationToken) => Complete(NotebookFiles.Find(arguments.GetValue(paths)!, context.CurrentFolder), cancellationToken));
        return command;
    }

    private async Task<int> Complete(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var exitCode = ExitCode.Success;
        foreach (var path in paths)
        {
            try
            {
                var notebook = Notebook.Load(path);
                await context.Tools.DrawCharts(notebook, Notebook.Load(path), context.Console.WriteLine, cancellationToken);
                var changed = NotebookWriter.Write(notebook, path);
                context.Console.WriteLine($"{context.DisplayName(path)}: {(changed ? "completed" : "was complete")}");
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
