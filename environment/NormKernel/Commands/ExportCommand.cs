using System.CommandLine;
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

            Example: export notebooks -o artifacts/site
            """)
        { paths, output };
        command.SetAction((arguments, cancellationToken) => Export(
            NotebookFiles.Find(arguments.GetValue(paths)!, context.CurrentFolder), arguments.GetValue(output), cancellationToken));
        return command;
    }

    /// <summary>Writes the site and says where it is; notebooks that cannot be read are left out, as the caller has said already.</summary>
    public static async Task Build(CommandContext context, IReadOnlyList<string> paths, string? outputFolder, CancellationToken cancellationToken)
    {
        var readable = paths.Where(path => LoadedNotebook.Load(path).Notebook is not null).ToList();
        if (readable.Count == 0)
            return;

        var folder = outputFolder is null
            ? Path.Combine(context.ArtifactsFolder(paths[0]), "site")
            : Path.GetFullPath(outputFolder, context.CurrentFolder);
        await context.Tools.BuildSite(readable, folder, context.Console.WriteLine, cancellationToken);
        context.Console.WriteLine($"site: {Path.Combine(folder, "index.html")}");
    }

    private async Task<int> Export(IReadOnlyList<string> paths, string? outputFolder, CancellationToken cancellationToken)
    {
        var problems = paths.Select(LoadedNotebook.Load).Select(notebook => notebook.Problem).OfType<string>().ToList();
        foreach (var problem in problems)
            context.Console.WriteLine(problem);
        await Build(context, paths, outputFolder, cancellationToken);
        return problems.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }
}
