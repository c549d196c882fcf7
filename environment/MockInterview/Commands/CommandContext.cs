using MockInterview.Terminals;
using NormLab.Interview;
using Spectre.Console;

namespace MockInterview.Commands;

/// <summary>What a command works with.</summary>
/// <param name="Console">Where it prints.</param>
/// <param name="Answers">What the person types.</param>
/// <param name="Error">Where it says what went wrong.</param>
/// <param name="Clock">What tells the time.</param>
/// <param name="OpenBank">Reads the questions.</param>
/// <param name="OpenHistory">Reads the answers given so far.</param>
public sealed record CommandContext(
    IAnsiConsole Console,
    IAnswers Answers,
    TextWriter Error,
    TimeProvider Clock,
    Func<QuestionBank> OpenBank,
    Func<InterviewHistory> OpenHistory)
{
    public DateOnly Today => DateOnly.FromDateTime(Clock.GetLocalNow().DateTime);
}
