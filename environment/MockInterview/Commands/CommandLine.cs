using System.CommandLine;
using Spectre.Console;

namespace MockInterview.Commands;

/// <summary>The program's command line.</summary>
public static class CommandLine
{
    private const string DefaultCommand = "practice";

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> Run(IReadOnlyList<string> arguments, CommandContext context, CancellationToken cancellationToken)
    {
        var parsed = Create(context).Parse(arguments.Count == 0 ? [DefaultCommand] : arguments);
        if (parsed.Errors.Count > 0)
            return Refuse(context, ProblemOf(parsed), parsed.CommandResult.Command);

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = context.Console.Profile.Out.Writer,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (ArgumentException problem)
        {
            return Refuse(context, problem.Message, parsed.CommandResult.Command);
        }
        catch (OperationCanceledException)
        {
            context.Console.WriteLine("interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException or InvalidOperationException)
        {
            await context.Error.WriteLineAsync(problem.Message);
            return ExitCode.Failure;
        }
    }

    private static RootCommand Create(CommandContext context) => new("""
        A mock interview about normalization: asks a question, keeps time while you answer aloud, shows what to say and
        what not, and brings back what went badly. Without a command it practises. Nothing leaves this machine.

        Example: dotnet run --project environment/MockInterview -- practice --questions 3
        """)
    {
        new PracticeCommand(context).Create(),
        new DueCommand(context).Create(),
        new HistoryCommand(context).Create(),
        new ForgetCommand(context).Create(),
    };

    private static string ProblemOf(ParseResult parsed) => parsed is { CommandResult.Command: RootCommand root, UnmatchedTokens: [var unknown, ..] }
        ? $"There is no command or option '{unknown}'; the commands are {string.Join(", ", root.Subcommands.Select(command => command.Name))}."
        : string.Join(" ", parsed.Errors.Select(error => error.Message));

    private static int Refuse(CommandContext context, string problem, Command command)
    {
        var name = command is RootCommand ? "" : command.Name + " ";
        context.Error.WriteLine(problem);
        context.Error.WriteLine($"`{name}--help` says what can be given, with an example.");
        return ExitCode.Usage;
    }
}
