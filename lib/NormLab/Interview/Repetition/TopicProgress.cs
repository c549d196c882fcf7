namespace NormLab.Interview;

/// <summary>How one stands with the question of one topic; it follows from the answers given so far.</summary>
/// <param name="Topic">The question's topic.</param>
/// <param name="Answers">How often it was answered.</param>
/// <param name="LastGrade">The grade of the last answer.</param>
/// <param name="Memory">What SM-2 knows of it.</param>
/// <param name="Due">The day on which it comes back.</param>
public sealed record TopicProgress(string Topic, int Answers, SelfGrade LastGrade, Sm2 Memory, DateOnly Due)
{
    /// <summary>Whether the last answer was graded again or hard.</summary>
    public bool IsWeak => LastGrade < SelfGrade.Good;

    /// <summary>Whether it should be asked on a day.</summary>
    public bool IsDue(DateOnly today) => Due <= today;

    /// <summary>The progress in every topic of a history.</summary>
    public static IReadOnlyDictionary<string, TopicProgress> Of(IEnumerable<GradedAnswer> answers) =>
        answers.OrderBy(answer => answer.Answered).GroupBy(answer => answer.Topic)
            .ToDictionary(topic => topic.Key, topic => topic.Aggregate((TopicProgress?)null, (progress, answer) => After(progress, answer))!);

    /// <summary>
    /// An answer ahead of its day tells little of what will be remembered on that day: the date stays, unless the answer failed.
    /// </summary>
    private static TopicProgress After(TopicProgress? before, GradedAnswer answer)
    {
        var (day, grade) = (answer.Day, answer.Grade);
        if (before is not null && !before.IsDue(day) && grade != SelfGrade.Again)
            return before with { Answers = before.Answers + 1, LastGrade = grade };

        var memory = (before?.Memory ?? Sm2.New).After(grade);
        return new(answer.Topic, (before?.Answers ?? 0) + 1, grade, memory, day.AddDays(memory.IntervalDays));
    }
}
