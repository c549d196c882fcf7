using System.CommandLine;
using NormLab.Interview;
using Spectre.Console;
using Table = NormLab.Rendering.Table;

namespace MockInterview.Commands;

/// <summary><c>due</c>: when each question comes back, and which topics are weak.</summary>
public sealed class DueCommand(CommandContext context)
{
    public Command Create()
    {
        var command = new Command("due", """
            Lists the topics: those that are due first, then those to come, then the ones never asked.

            Example: due
            """);
        command.SetAction(_ => List());
        return command;
    }

    private int List()
    {
        var history = context.OpenHistory();
        var progress = TopicProgress.Of(history.Answers);
        var rows = context.OpenBank().Questions.Select(question => (Question: question, Progress: progress.GetValueOrDefault(question.Topic)))
            .OrderBy(row => row.Progress?.Due ?? DateOnly.MaxValue).ThenBy(row => row.Question.Level).ToList();

        context.Console.WriteLine(Table.Of(rows,
            ("topic", row => row.Question.Topic),
            ("level", row => row.Question.Level.Name()),
            ("comes", row => row.Progress is null ? "new" : Wording.When(row.Progress.Due, context.Today)),
            ("last grade", row => row.Progress?.LastGrade.Name()),
            ("answers", row => row.Progress?.Answers)).ToText());

        context.Console.WriteLine();
        context.Console.WriteLine($"{rows.Count(row => row.Progress?.IsDue(context.Today) == true)} due, {rows.Count(row => row.Progress is null)} new.");
        if (rows.Where(row => row.Progress is { IsWeak: true }).Select(row => row.Question.Topic).ToList() is { Count: > 0 } weak)
            context.Console.WriteLine($"Weak (last graded again or hard): {string.Join(", ", weak)}.");
        context.Console.WriteLine($"History: {history.Path}");
        return ExitCode.Success;
    }
}
