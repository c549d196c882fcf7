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
        var against = new Option<DirectoryInfo?>("--against")
        {
            Description = "Runs nothing: compares the notebooks as they are with those of the same names in a folder.",
            HelpName = "folder",
        };
        var command = new Command("verify", """
            Runs notebooks again, writes nothing, and compares every number with the committed one.
            Of a cell with the tag "timing" only the verdicts are compared.

            Example: verify notebooks/01-derivation.ipynb
            """)
        { paths, profile, against };
        command.SetAction((arguments, cancellationToken) =>
        {
            var files = NotebookFiles.Find(arguments.GetValue(paths)!, context.CurrentFolder);
            return arguments.GetValue(against) is { } folder
                ? Task.FromResult(Compare(files, folder))
                : Verify(files, arguments.GetValue(profile), cancellationToken);
        });
        return command;
    }

    private int Compare(IReadOnlyList<string> paths, DirectoryInfo folder)
    {
        var holds = true;
        foreach (var path in paths)
        {
            var other = Path.Combine(folder.FullName, Path.GetFileName(path));
            if (!File.Exists(other))
            {
                context.Console.WriteLine($"{context.DisplayName(path)}: there is none of this name in {folder.FullName}");
                holds = false;
                continue;
            }
            holds &= Compare(context.DisplayName(path), committed: Notebook.Load(other), rerun: Notebook.Load(path));
        }
        return holds ? ExitCode.Success : ExitCode.Failure;
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

        return Compare(context.DisplayName(run.Path), committed: loaded.Before!, rerun: loaded.Notebook!);
    }

    private bool Compare(string name, Notebook committed, Notebook rerun)
    {
        if (committed.CellsToRun.Concat(rerun.CellsToRun).Any(cell => cell.ExecutionCount is null))
        {
            context.Console.WriteLine($"{name}: not all cells have been run, so there is nothing to compare with: `run` it first");
            return false;
        }

        if (!committed.CellsToRun.Select(cell => cell.Source).SequenceEqual(rerun.CellsToRun.Select(cell => cell.Source)))
        {
            context.Console.WriteLine($"{name}: the code is not the same in both, so their outputs cannot be compared");
            return false;
        }

        var verification = Verification.Of(committed, rerun);
        new VerificationReport(context.Console).Print(name, verification);
        return verification.Holds;
    }
}
