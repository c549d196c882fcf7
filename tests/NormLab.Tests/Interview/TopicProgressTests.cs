using NormLab.Interview;

namespace NormLab.Tests.Interview;

public class TopicProgressTests
{
    [Fact]
    public void Answers_on_their_days_follow_the_schedule()
    {
        var progress = Of((1, SelfGrade.Good), (2, SelfGrade.Good), (8, SelfGrade.Good));
        Assert.Equal((3, Day(23), false), (progress.Answers, progress.Due, progress.IsWeak));
    }

    [Fact]
    public void An_answer_ahead_of_its_day_does_not_lengthen_the_interval()
    {
        var progress = Of((1, SelfGrade.Good), (2, SelfGrade.Good), (3, SelfGrade.Easy), (3, SelfGrade.Hard));
        Assert.Equal((4, Day(8), 6), (progress.Answers, progress.Due, progress.Memory.IntervalDays));
        Assert.True(progress.IsWeak);
    }

    [Fact]
    public void A_failure_ahead_of_its_day_starts_the_question_again()
    {
        var progress = Of((1, SelfGrade.Good), (2, SelfGrade.Good), (3, SelfGrade.Again));
        Assert.Equal((Day(4), 0), (progress.Due, progress.Memory.Repetitions));
    }

    [Fact]
    public void The_day_is_that_of_the_place_where_the_answer_was_given()
    {
        var late = new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.FromHours(-5));
        Assert.Equal(Day(2), TopicProgress.Of([new("alpha", late, AnswerDepth.TwoMinutes, 60, SelfGrade.Good)])["alpha"].Due);
    }

    private static TopicProgress Of(params (int Day, SelfGrade Grade)[] answers) =>
        TopicProgress.Of(answers.Select(answer => new GradedAnswer("alpha", Noon(answer.Day), AnswerDepth.TwoMinutes, 60, answer.Grade)))["alpha"];

    private static DateTimeOffset Noon(int day) => new(2026, 3, day, 12, 0, 0, TimeSpan.Zero);

    private static DateOnly Day(int day) => new(2026, 3, day);
}
