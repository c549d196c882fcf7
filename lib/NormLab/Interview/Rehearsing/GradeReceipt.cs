namespace NormLab.Interview;

/// <summary>What a grade has done.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">What was added to the history.</param>
/// <param name="Progress">How one now stands with the question.</param>
public sealed record GradeReceipt(InterviewQuestion Question, GradedAnswer Answer, TopicProgress Progress) : InterviewText
{
    /// <inheritdoc/>
    public override string ToMarkdown() => $"Graded {Answer.Grade.Name()}: {Question.Topic} comes back {Wording.When(Progress.Due, Answer.Day)}.";
}
