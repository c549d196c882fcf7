using System.CommandLine;
using NormLab.Interview;
using Spectre.Console;

namespace MockInterview.Commands;

/// <summary><c>forget</c>: removes the history, after asking.</summary>
public sealed class ForgetCommand(CommandContext context)
{
    public Command Create()
    {
        var command = new Command("forget", """
            Removes every grade and the history's file, after it has asked whether to.

            Example: forget
            """);
        command.SetAction((_, cancellationToken) => Forget(cancellationToken));
        return command;
    }

    private async Task<int> Forget(CancellationToken cancellationToken)
    {
        var history = context.OpenHistory();
        if (history.Answers.Count == 0)
        {
            context.Console.WriteLine($"There is nothing to forget in {history.Path}.");
            return ExitCode.Success;
        }

        context.Console.Write($"Forget {Wording.Count(history.Answers.Count, "answer")} in {history.Path}? (y or n): ");
        var answer = await context.Answers.Read(cancellationToken);
        if (answer is 'y' or 'Y')
        {
            history.Forget();
            context.Console.WriteLine("Forgotten.");
        }
        else
        {
            context.Console.WriteLine("Kept.");
        }

        return ExitCode.Success;
    }
}
