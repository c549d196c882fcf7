using System.CommandLine;
using NormKernel.Notebooks;
using NormKernel.Portability;
using Spectre.Console;

namespace NormKernel.Commands;

/// <summary><c>check</c>: finds what does not work in every front end, without running anything.</summary>
public sealed class CheckCommand(CommandContext context)
{
    public Command Create()
    {
        var paths = NotebookArguments.Paths();
        var command = new Command("check", """
            Finds, without running anything, what in notebooks does not work in every C# front end (.NET Interactive and Polyglot
            Notebooks, Verso, ClrKernel, this engine) or does not show on GitHub, with the reason and what to write in its place.
            Without paths it checks the repository's notebooks and environment/setup.ipynb.

            Example: check notebooks/01-derivation.ipynb
            """)
        { paths };
        command.SetAction(arguments => Check(Files(arguments.GetValue(paths)!)));
        return command;
    }

    private List<string> Files(string[] paths)
    {
        var files = NotebookFiles.Find(paths, context.CurrentFolder).ToList();
        var setup = Path.Combine(Repository.FindRoot(context.CurrentFolder) ?? "", "environment", NotebookCheck.SetupName);
        if (paths.Length == 0 && File.Exists(setup))
            files.Add(setup);
        return files;
    }

    private int Check(List<string> files)
    {
        var (findings, unreadable) = (0, 0);
        foreach (var path in files)
        {
            try
            {
                foreach (var finding in NotebookCheck.Find(path))
                {
                    context.Console.WriteLine((finding with { Path = context.DisplayName(path) }).ToString());
                    findings++;
                }
            }
            catch (NotebookException problem)
            {
                context.Console.WriteLine(problem.Message);
                unreadable++;
            }
        }

        context.Console.WriteLine($"{files.Count - unreadable} notebook(s) checked: {(findings == 0 ? "nothing found" : $"{findings} finding(s)")}");
        return findings + unreadable == 0 ? ExitCode.Success : ExitCode.Failure;
    }
}
