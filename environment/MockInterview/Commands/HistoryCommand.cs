using System.CommandLine;
using System.Globalization;
using NormLab.Interview;
using Spectre.Console;
using Table = NormLab.Rendering.Table;

namespace MockInterview.Commands;

/// <summary><c>history</c>: every answer that was graded.</summary>
public sealed class HistoryCommand(CommandContext context)
{
    public Command Create()
    {
        var command = new Command("history", """
            Lists the answers that were graded, oldest first, and says where the file is.

            Example: history
            """);
        command.SetAction(_ => List());
        return command;
    }

    private int List()
    {
        var history = context.OpenHistory();
        if (history.Answers.Count == 0)
        {
            context.Console.WriteLine("Nothing was graded yet; `practice` begins.");
        }
        else
        {
            context.Console.WriteLine(Table.Of(history.Answers,
                ("day", answer => answer.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                ("topic", answer => answer.Topic),
                ("grade", answer => answer.Grade.Name()),
                ("time", answer => Wording.Clock(answer.Used)),
                ("goal", answer => Wording.Clock(answer.Depth.Goal()))).ToText());
            context.Console.WriteLine();
        }

        context.Console.WriteLine($"History: {history.Path}");
        return ExitCode.Success;
    }
}
