using System.CommandLine;
using NormKernel.Notebooks;
using Spectre.Console;

namespace NormKernel.Commands;

/// <summary>The program's command line.</summary>
public static class CommandLine
{
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> Run(IReadOnlyList<string> arguments, CommandContext context, CancellationToken cancellationToken)
    {
        var root = Create(context);
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
            return Refuse(context, ProblemOf(parsed), parsed.CommandResult.Command);

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = context.Console.Profile.Out.Writer,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                // Ctrl-C is handled by Interruption: the default would end the process before outputs are written.
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (NotebookPathException problem)
        {
            return Refuse(context, problem.Message, parsed.CommandResult.Command);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            context.Console.WriteLine("interrupted");
            return ExitCode.Interrupted;
        }
        catch (IOException problem)
        {
            await context.Error.WriteLineAsync(problem.Message);
            return ExitCode.Failure;
        }
    }

    private static RootCommand Create(CommandContext context) => new("""
        Runs C# notebooks without a front end, compares them with earlier runs and makes a site of them.

        Example: dotnet run -c Release --project environment/NormKernel -- run
        """)
    {
        new RunCommand(context).Create(),
        new VerifyCommand(context).Create(),
        new ExportCommand(context).Create(),
        new CheckCommand(context).Create(),
        new PicturesCommand(context).Create(),
        new CleanCommand(context).Create(),
        new PackCommand(context).Create(),
        new InstallCommand(context).Create(),
        JupyterCommand.Create(),
    };

    /// <summary>A word that is no command is the whole problem; that a command is missing then only follows from it.</summary>
    private static string ProblemOf(ParseResult parsed)
    {
        if (parsed.CommandResult.Command is RootCommand root)
        {
            var given = parsed.UnmatchedTokens.Count == 0 ? "A command is needed" : $"There is no command or option '{parsed.UnmatchedTokens[0]}'";
            return $"{given}; the commands are {string.Join(", ", root.Subcommands.Select(command => command.Name))}.";
        }

        return string.Join(" ", parsed.Errors.Select(error => error.Message));
    }

    private static int Refuse(CommandContext context, string problem, Command command)
    {
        var name = command is RootCommand ? "" : command.Name + " ";
        context.Error.WriteLine(problem);
        context.Error.WriteLine($"`{name}--help` says what can be given, with an example.");
        return ExitCode.Usage;
    }
}
