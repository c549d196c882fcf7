using System.CommandLine;
using NormKernel.Claims;
using NormKernel.Notebooks;
using NormKernel.Paper;
using NormKernel.Paper.Bibliography;
using NormKernel.Running;
using Spectre.Console;

namespace NormKernel.Commands;

/// <summary><c>export</c>: writes the site, or a paper, from the notebooks as they are.</summary>
public sealed class ExportCommand(CommandContext context)
{
    public Command Create()
    {
        var paths = NotebookArguments.Paths();
        var output = new Option<string?>("--output", "-o") { Description = "The folder to write. Default: artifacts/site, or artifacts/paper.", HelpName = "folder" };
        var paper = new Option<bool>("--paper") { Description = "Write one document instead of a site: paper.html, and paper.pdf where Chromium is installed." };
        var noCode = new Option<bool>("--no-code") { Description = "Leave the code out of the paper." };
        var authors = new Option<string?>("--authors") { Description = "The line of authors on the paper's title page.", HelpName = "names" };
        var command = new Command("export", """
            Writes a site from notebooks as they are, without running them; with --paper, one document to read and print.
            Fails where a notebook names a claim of which no output holds a record.

            Example: export notebooks -o artifacts/site
            Example: export --paper --no-code
            """)
        { paths, output, paper, noCode, authors };
        command.Validators.Add(given =>
        {
            if (!given.GetValue(paper) && (given.GetValue(noCode) || given.GetValue(authors) is not null))
                given.AddError("--no-code and --authors say how the paper is to be: give --paper with them.");
        });
        command.SetAction((arguments, cancellationToken) => Export(
            NotebookFiles.Find(arguments.GetValue(paths)!, context.CurrentFolder),
            arguments.GetValue(output),
            arguments.GetValue(paper) ? new PaperOptions(!arguments.GetValue(noCode), arguments.GetValue(authors)) : null,
            cancellationToken));
        return command;
    }

    /// <summary>Writes the site and says where it is; notebooks that cannot be read are left out, as the caller has said already.</summary>
    /// <returns>Whether every claim that the notebooks name has a record in their outputs; each that has none is printed.</returns>
    /// <exception cref="BibliographyException">A citation is not in the bibliography beside its notebook.</exception>
    public static async Task<bool> Build(CommandContext context, IReadOnlyList<string> paths, string? outputFolder, CancellationToken cancellationToken)
    {
        var readable = paths.Select(LoadedNotebook.Load).Where(loaded => loaded.Notebook is not null).ToList();
        if (readable.Count == 0)
            return true;

        foreach (var unused in Citations.Read([.. readable.Select(loaded => (loaded.Path, loaded.Notebook!))]).Unused)
            context.Console.WriteLine(unused);
        var folder = Folder(context, paths, outputFolder, "site");
        await context.Tools.BuildSite([.. readable.Select(loaded => loaded.Path)], folder, context.Console.WriteLine, cancellationToken);
        context.Console.WriteLine($"site: {Path.Combine(folder, "index.html")}");

        var missing = MissingClaim.Among([.. readable.Select(loaded => NotebookClaims.Of(loaded.Notebook!, loaded.Path))]);
        foreach (var claim in missing)
            context.Console.WriteLine($"NO RECORD     of {claim.Id}, named in {string.Join(", ", claim.NamedIn)}: run the notebook that states it, and see that its cell shows the result");
        return missing.Count == 0;
    }

    private async Task<int> Export(IReadOnlyList<string> paths, string? outputFolder, PaperOptions? paper, CancellationToken cancellationToken)
    {
        var problems = paths.Select(LoadedNotebook.Load).Select(notebook => notebook.Problem).OfType<string>().ToList();
        foreach (var problem in problems)
            context.Console.WriteLine(problem);
        var isComplete = true;
        if (paper is null)
            isComplete = await Build(context, paths, outputFolder, cancellationToken);
        else if (problems.Count == 0)
            await BuildPaper(paths, outputFolder, paper, cancellationToken);
        return isComplete && problems.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>A paper that lacks a chapter would have other numbers throughout, so none is left out.</summary>
    private async Task BuildPaper(IReadOnlyList<string> paths, string? outputFolder, PaperOptions options, CancellationToken cancellationToken)
    {
        var folder = Folder(context, paths, outputFolder, "paper");
        await context.Tools.BuildPaper(paths, folder, options, context.Console.WriteLine, cancellationToken);
        context.Console.WriteLine($"paper: {Path.Combine(folder, PaperBuilder.HtmlName)}");
    }

    private static string Folder(CommandContext context, IReadOnlyList<string> paths, string? given, string name) =>
        given is null ? Path.Combine(context.ArtifactsFolder(paths[0]), name) : Path.GetFullPath(given, context.CurrentFolder);
}
