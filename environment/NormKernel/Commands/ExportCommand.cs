using System.CommandLine;
using NormKernel.Claims;
using NormKernel.Notebooks;
using NormKernel.Running;
using Spectre.Console;

namespace NormKernel.Commands;

/// <summary><c>export</c>: writes the site from the notebooks as they are.</summary>
public sealed class ExportCommand(CommandContext context)
{
    public Command Create()
    {
        var paths = NotebookArguments.Paths();
        var output = new Option<string?>("--output", "-o") { Description = "The folder to write. Default: artifacts/site.", HelpName = "folder" };
        var command = new Command("export", """
            Writes a site from notebooks as they are, without running them.
            Fails where a notebook names a claim of which no output holds a record.

            Example: export notebooks -o artifacts/site
            """)
        { paths, output };
        command.SetAction((arguments, cancellationToken) => Export(
            NotebookFiles.Find(arguments.GetValue(paths)!, context.CurrentFolder), arguments.GetValue(output), cancellationToken));
        return command;
    }

    /// <summary>Writes the site and says where it is; notebooks that cannot be read are left out, as the caller has said already.</summary>
    /// <returns>Whether every claim that the notebooks name has a record in their outputs; each that has none is printed.</returns>
    public static async Task<bool> Build(CommandContext context, IReadOnlyList<string> paths, string? outputFolder, CancellationToken cancellationToken)
    {
        var readable = paths.Select(LoadedNotebook.Load).Where(loaded => loaded.Notebook is not null).ToList();
        if (readable.Count == 0)
            return true;

        var folder = outputFolder is null
            ? Path.Combine(context.ArtifactsFolder(paths[0]), "site")
            : Path.GetFullPath(outputFolder, context.CurrentFolder);
        await context.Tools.BuildSite([.. readable.Select(loaded => loaded.Path)], folder, context.Console.WriteLine, cancellationToken);
        context.Console.WriteLine($"site: {Path.Combine(folder, "index.html")}");

        var missing = MissingClaim.Among([.. readable.Select(loaded => NotebookClaims.Of(loaded.Notebook!, loaded.Path))]);
        foreach (var claim in missing)
            context.Console.WriteLine($"NO RECORD     of {claim.Id}, named in {string.Join(", ", claim.NamedIn)}: run the notebook that states it, and see that its cell shows the result");
        return missing.Count == 0;
    }

    private async Task<int> Export(IReadOnlyList<string> paths, string? outputFolder, CancellationToken cancellationToken)
    {
        var problems = paths.Select(LoadedNotebook.Load).Select(notebook => notebook.Problem).OfType<string>().ToList();
        foreach (var problem in problems)
            context.Console.WriteLine(problem);
        var complete = await Build(context, paths, outputFolder, cancellationToken);
        return complete && problems.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }
}
