namespace NormLab.Interview;

/// <summary>A question, as an interview asks it.</summary>
/// <param name="Question">The question.</param>
/// <param name="Position">Its place in the interview, from 1 on.</param>
/// <param name="Count">How many questions the interview has.</param>
/// <param name="Depth">How long the answer is to be.</param>
/// <param name="Progress">How one stood with it before, or null for a new one.</param>
/// <param name="Today">The day of the interview.</param>
public sealed record AskedQuestion(InterviewQuestion Question, int Position, int Count, AnswerDepth Depth, TopicProgress? Progress, DateOnly Today) : InterviewText
{
    /// <summary>Place, topic, level, and why it comes now.</summary>
    public string Caption => $"Question {Position} of {Count} · {Question.Topic} · {Question.Level.Name()} · {Reason}";

    /// <inheritdoc/>
    public override string ToMarkdown() =>
        $"{Caption}\n\n**{Question.Title}**\n\n{Quoted}\n\nAnswer aloud; the goal is {Wording.Clock(Depth.Goal())}. The clock runs until `Reveal()`.";

    private string Reason => Progress switch
    {
        null => "new",
        var known when known.IsDue(Today) => $"due {Wording.When(known.Due, Today)}, last {known.LastGrade.Name()}",
        var known => $"ahead of its day, {Wording.When(known.Due, Today)}",
    };

    private string Quoted => string.Join("\n", Question.Asked.Split('\n').Select(line => $"> {line}"));
}
