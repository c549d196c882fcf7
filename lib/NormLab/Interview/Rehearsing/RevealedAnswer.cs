namespace NormLab.Interview;

/// <summary>What an answer should have said, and how long it took.</summary>
/// <param name="Question">The question.</param>
/// <param name="Depth">How long the answer was to be.</param>
/// <param name="Used">How long it took.</param>
public sealed record RevealedAnswer(InterviewQuestion Question, AnswerDepth Depth, TimeSpan Used) : InterviewText
{
    /// <summary>The time used and the goal.</summary>
    public string Time => $"You took {Wording.Clock(Used)}; the goal is {Wording.Clock(Depth.Goal())}.";

    /// <inheritdoc/>
    public override string ToMarkdown() => $"""
        {Time}

        **The answer: {Depth.Title()}**

        {Question.Answer(Depth)}

        **Popular, but wrong**

        {Question.PopularButWrong}

        **Rubric**

        {Lines(Question.Rubric.Parts.Select(part => $"- **{part.Title}:** {part.Text}"))}

        **Your grade**

        {Lines(Enum.GetValues<SelfGrade>().Select(grade => $"- `SelfGrade.{grade}`: {grade.Meaning()}"))}
        """;

    private static string Lines(IEnumerable<string> lines) => string.Join("\n", lines);
}
