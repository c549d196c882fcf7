using System.Text.Json.Serialization;

namespace NormLab.Interview;

/// <summary>One answer of the history.</summary>
/// <param name="Topic">The question's topic.</param>
/// <param name="Answered">When it was graded, with the offset of the place.</param>
/// <param name="Depth">How long the answer was to be.</param>
/// <param name="Seconds">How long it took, in seconds.</param>
/// <param name="Grade">How it was graded.</param>
public sealed record GradedAnswer(string Topic, DateTimeOffset Answered, AnswerDepth Depth, int Seconds, SelfGrade Grade)
{
    /// <summary>The day of the answer, at the place where it was given.</summary>
    [JsonIgnore]
    public DateOnly Day => DateOnly.FromDateTime(Answered.DateTime);

    /// <summary>How long it took.</summary>
    [JsonIgnore]
    public TimeSpan Used => TimeSpan.FromSeconds(Seconds);
}
