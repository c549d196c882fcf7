using System.CommandLine;
using NormKernel.Notebooks;
using NormKernel.Running;
using NormKernel.Running.Progress;
using Spectre.Console;

namespace NormKernel.Commands;

/// <summary><c>run</c>: executes notebooks, writes their outputs and the site.</summary>
public sealed class RunCommand(CommandContext context)
{
    public Command Create()
    {
        var paths = NotebookArguments.Paths();
        var profile = NotebookArguments.Profile();
        var noSite = new Option<bool>("--no-site") { Description = "Do not write the site." };
        var noPictures = new Option<bool>("--no-pictures") { Description = "Do not draw pictures of charts." };
        var command = new Command("run", """
            Runs notebooks from their first cell to their last and writes their outputs.

            Example: run notebooks/01-derivation.ipynb --profile fast
            """)
        { paths, profile, noSite, noPictures };
        command.SetAction((arguments, cancellationToken) => Run(
            NotebookFiles.Find(arguments.GetValue(paths)!, context.CurrentFolder),
            arguments.GetValue(profile),
            withSite: !arguments.GetValue(noSite),
            withPictures: !arguments.GetValue(noPictures),
            cancellationToken));
        return command;
    }

    private async Task<int> Run(
        IReadOnlyList<string> paths, string? profile, bool withSite, bool withPictures, CancellationToken cancellationToken)
    {
        var notebooks = paths.Select(LoadedNotebook.Load).ToList();
        var runs = await new RunSession(context, profile).Run(
            notebooks, (notebook, run, progress, token) => Finish(notebook, run, progress, withPictures, token), cancellationToken);

        var siteIsWhole = !withSite || await BuildSite(paths, cancellationToken);
        SummaryTable.Print(context.Console, runs, context.DisplayName);
        if (cancellationToken.IsCancellationRequested)
        {
            context.Console.WriteLine("interrupted: cells that ran have their new outputs; cells that were not reached keep the old ones, without a number");
            return ExitCode.Interrupted;
        }

        return siteIsWhole && runs.All(run => run.Passed) ? ExitCode.Success : ExitCode.Failure;
    }

    private async Task Finish(LoadedNotebook loaded, NotebookRun run, RunProgress progress, bool withPictures, CancellationToken cancellationToken)
    {
        var (notebook, before) = (loaded.Notebook!, loaded.Before!);
        await context.Tools.KeepCharts(notebook, before);
        if (withPictures && !run.Interrupted)
        {
            progress.Announce($"{context.DisplayName(loaded.Path)}: drawing charts");
            await DrawCharts(notebook, before, cancellationToken);
        }

        NotebookWriter.Write(notebook, loaded.Path);
    }

    /// <summary>What ran is written even where an interruption comes while the charts are drawn.</summary>
    private async Task DrawCharts(Notebook notebook, Notebook before, CancellationToken cancellationToken)
    {
        try
        {
            await context.Tools.DrawCharts(notebook, before, context.Console.WriteLine, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>A site that cannot be written, or that misses the record of a claim, fails the run, but not before it has told what became of the notebooks.</summary>
    private async Task<bool> BuildSite(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await ExportCommand.Build(context, SitePaths(paths), outputFolder: null, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            context.Console.WriteLine($"the site could not be written: {problem.Message}");
            return false;
        }
    }

    /// <summary>The whole collection where notebooks of it ran, so that a run of one does not leave a site of one.</summary>
    private static IReadOnlyList<string> SitePaths(IReadOnlyList<string> paths)
    {
        if (Repository.FindRoot(paths[0]) is not { } root || !Directory.Exists(Path.Combine(root, "notebooks")))
            return paths;

        var collection = NotebookFiles.Find([Path.Combine(root, "notebooks")], root);
        return paths.All(collection.Contains) ? collection : paths;
    }
}
