using System.CommandLine;
using NormKernel.Notebooks;
using NormKernel.Running;
using NormKernel.Verifying;
using Spectre.Console;

namespace NormKernel.Commands;

/// <summary><c>verify</c>: runs notebooks in memory and compares every number with the committed one.</summary>
public sealed class VerifyCommand(CommandContext context)
{
    public Command Create()
    {
        var paths = NotebookArguments.Paths();
        var profile = NotebookArguments.Profile();
        var command = new Command("verify", """
            Runs notebooks again, writes nothing, and compares every number with the committed one.
            Of a cell with the tag "timing" only the verdicts are compared.

            Example: verify notebooks/01-derivation.ipynb
            """)
        { paths, profile };
        command.SetAction((arguments, cancellationToken) => Verify(
            NotebookFiles.Find(arguments.GetValue(paths)!, context.CurrentFolder), arguments.GetValue(profile), cancellationToken));
        return command;
    }

    private async Task<int> Verify(IReadOnlyList<string> paths, string? profile, CancellationToken cancellationToken)
    {
        var notebooks = paths.Select(LoadedNotebook.Load).ToList();
        var runs = await new RunSession(context, profile).Run(notebooks, (_, _, _, _) => Task.CompletedTask, cancellationToken);
        if (cancellationToken.IsCancellationRequested)
        {
            context.Console.WriteLine("interrupted: nothing was compared and nothing was written");
            return ExitCode.Interrupted;
        }

        var verified = runs.Zip(notebooks, Compare).ToList();
        return verified.All(holds => holds) ? ExitCode.Success : ExitCode.Failure;
    }

    private bool Compare(NotebookRun run, LoadedNotebook loaded)
    {
        // The error itself has been printed when it came.
        if (run.Failure is not null)
            return false;

        var name = context.DisplayName(run.Path);
        if (loaded.Before!.CellsToRun.Any(cell => cell.ExecutionCount is null))
        {
            context.Console.WriteLine($"{name}: not all cells have been run, so there is nothing to compare with: `run` it first");
            return false;
        }

        var verification = Verification.Of(committed: loaded.Before!, rerun: loaded.Notebook!);
        new VerificationReport(context.Console).Print(name, verification);
        return verification.Holds;
    }
}
