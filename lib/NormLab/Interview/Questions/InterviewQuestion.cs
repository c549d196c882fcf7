namespace NormLab.Interview;

/// <summary>One question of an interview with its answers; every text is markdown with LaTeX formulas.</summary>
/// <param name="Number">Its number in the notebook.</param>
/// <param name="Title">The question in short.</param>
/// <param name="Asked">The question as an interviewer asks it.</param>
/// <param name="Topic">What the history knows it by: words of lower-case letters and digits, joined by hyphens.</param>
/// <param name="Level">Where in an interview it comes.</param>
/// <param name="ThirtySeconds">The answer in one breath.</param>
/// <param name="TwoMinutes">The answer at more length.</param>
/// <param name="Whiteboard">The answer with formulas.</param>
/// <param name="PopularButWrong">What is often said and does not hold.</param>
/// <param name="Rubric">What tells a weak answer from a strong one.</param>
public sealed record InterviewQuestion(
    int Number,
    string Title,
    string Asked,
    string Topic,
    QuestionLevel Level,
    string ThirtySeconds,
    string TwoMinutes,
    string Whiteboard,
    string PopularButWrong,
    Rubric Rubric)
{
    /// <summary>The answer at one depth.</summary>
    public string Answer(AnswerDepth depth) => depth switch
    {
        AnswerDepth.ThirtySeconds => ThirtySeconds,
        AnswerDepth.TwoMinutes => TwoMinutes,
        _ => Whiteboard,
    };
}
