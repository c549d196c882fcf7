using MockInterview.Commands;
using MockInterview.Terminals;
using NormLab.Interview;

namespace MockInterview.Practice;

/// <summary>An interview from the first question to the summary.</summary>
/// <param name="context">The console and what is typed.</param>
/// <param name="rehearsal">The questions, the clock and the grades.</param>
/// <param name="historyPath">Where grades are kept.</param>
/// <param name="limit">The time after which no further question is asked, or null for none.</param>
public sealed class InterviewFlow(CommandContext context, Rehearsal rehearsal, string? historyPath, TimeSpan? limit)
{
    private readonly Page page = new(context.Console);
    private readonly long started = context.Clock.GetTimestamp();

    /// <returns>Success, or interrupted; what was graded is kept in both cases.</returns>
    public async Task<int> Run(CancellationToken cancellationToken)
    {
        var exitCode = ExitCode.Success;
        try
        {
            while (!rehearsal.IsOver && HasTime() && await AskOne(cancellationToken))
            {
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            page.Line();
            page.Line("interrupted");
            exitCode = ExitCode.Interrupted;
        }

        Conclude();
        return exitCode;
    }

    private bool HasTime()
    {
        if (limit is null || context.Clock.GetElapsedTime(started) < limit)
            return true;

        page.Line();
        page.Line($"The {Wording.Clock(limit.Value)} minutes are over.");
        return false;
    }

    /// <summary>False where the person or the input ends the interview.</summary>
    private async Task<bool> AskOne(CancellationToken cancellationToken)
    {
        Show(rehearsal.Ask());
        var goal = rehearsal.Depth.Goal();
        if (!await context.Answers.WaitForEnter(() => rehearsal.Elapsed, goal, cancellationToken))
            return false;

        Show(rehearsal.Reveal());
        if (await ReadGrade(cancellationToken) is not { } grade)
            return false;

        page.Text(rehearsal.Grade(grade).ToMarkdown());
        return true;
    }

    private void Show(AskedQuestion asked)
    {
        page.Line();
        page.Line(asked.Caption);
        page.Heading(PlainText.Of(asked.Question.Title));
        page.Line();
        page.Text(asked.Question.Asked);
        page.Line();
        page.Line($"Answer aloud; the goal is {Wording.Clock(asked.Depth.Goal())}. Enter ends the answer.");
    }

    private void Show(RevealedAnswer revealed)
    {
        page.Line(revealed.Time);
        page.Heading($"The answer: {revealed.Depth.Title()}");
        page.Text(revealed.Question.Answer(revealed.Depth));
        page.Heading("Popular, but wrong");
        page.Text(revealed.Question.PopularButWrong);
        page.Heading("Rubric");
        foreach (var (title, text) in revealed.Question.Rubric.Parts)
            page.Text($"- {title}: {text}");
    }

    private async Task<SelfGrade?> ReadGrade(CancellationToken cancellationToken)
    {
        var grades = Enum.GetValues<SelfGrade>();
        page.Heading("How was it?");
        foreach (var grade in grades)
            page.Text($"{(int)grade + 1}. {grade.Name()}: {grade.Meaning()}");

        while (true)
        {
            context.Console.Write(new Spectre.Console.Text($"Grade (1 to {grades.Length}; q ends the interview): "));
            switch (await context.Answers.Read(cancellationToken))
            {
                case null or 'q' or 'Q':
                    return null;
                case { } letter when letter - '1' is >= 0 and var index && index < grades.Length:
                    return grades[index];
            }
        }
    }

    private void Conclude()
    {
        page.Heading("Summary");
        var summary = rehearsal.Summary();
        if (summary.Graded.Count > 0)
        {
            foreach (var row in summary.Table.ToText().Split('\n'))
                page.Line($"  {row}");
            page.Line();
        }

        foreach (var sentence in summary.Sentences)
            page.Text(sentence);
        page.Line($"  History: {historyPath ?? "in memory"}");
    }
}
