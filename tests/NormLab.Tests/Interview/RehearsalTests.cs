using NormLab.Interview;
using NormLab.Rendering;

namespace NormLab.Tests.Interview;

public class RehearsalTests
{
    private readonly PretendClock clock = PretendClock.NoonOf(2026, 3, 1);
    private readonly InterviewHistory history = InterviewHistory.InMemory();

    [Fact]
    public void Due_questions_come_first_weak_ones_before_others_then_new_ones_by_level()
    {
        Graded("beta", SelfGrade.Good, daysAgo: 3);
        Graded("delta", SelfGrade.Again, daysAgo: 2);
        Assert.Equal(["delta", "beta", "alpha", "gamma"], Topics(Start(questions: 9)));
    }

    [Fact]
    public void What_is_not_yet_due_comes_last_and_soonest_first()
    {
        Graded("alpha", SelfGrade.Good, daysAgo: 1);
        Graded("alpha", SelfGrade.Good, daysAgo: 0);
        Graded("beta", SelfGrade.Good, daysAgo: 0);
        Assert.Equal(["gamma", "delta", "beta", "alpha"], Topics(Start(questions: 4)));
    }

    [Fact]
    public void The_seed_alone_decides_among_equals()
    {
        Assert.Equal(First(seed: 5), First(seed: 5));
        Assert.Equal(["alpha", "beta"], Enumerable.Range(0, 20).Select(First).Distinct().Order());

        string First(int seed) => Start(seed: seed).Ask().Question.Topic;
    }

    [Fact]
    public void The_clock_runs_from_the_question_to_its_answer()
    {
        var rehearsal = Start();
        rehearsal.Ask();
        clock.Pass(TimeSpan.FromSeconds(95));
        Assert.Equal(TimeSpan.FromSeconds(95), rehearsal.Elapsed);
        var revealed = rehearsal.Reveal();
        clock.Pass(TimeSpan.FromSeconds(30));

        Assert.Equal("You took 1:35; the goal is 2:00.", revealed.Time);
        Assert.Equal(revealed, rehearsal.Reveal());
        Assert.Equal(95, rehearsal.Grade(SelfGrade.Good).Answer.Seconds);
    }

    [Fact]
    public void Grades_are_kept_and_summed_up()
    {
        var rehearsal = Start(questions: 2, level: QuestionLevel.Core);
        var topics = new[] { Answer(rehearsal, 150, SelfGrade.Hard), Answer(rehearsal, 20, SelfGrade.Easy) };

        Assert.True(rehearsal.IsOver);
        Assert.Equal(topics, history.Answers.Select(answer => answer.Topic));
        var text = rehearsal.Summary().ToText();
        Assert.Contains("2 of 2 questions graded.\nTime used: 2:50 of 4:00.\n" + $"Weak: {topics[0]}.\nNext: alpha, beta, tomorrow, 2026-03-02.", text, StringComparison.Ordinal);
        Assert.Contains($"{topics[0],-5}  hard   2:30  2:00  tomorrow, 2026-03-02", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_out_of_order_say_which_comes_first()
    {
        var rehearsal = Start(questions: 1);
        Assert.Contains("Ask() comes first", Assert.Throws<InvalidOperationException>(rehearsal.Reveal).Message, StringComparison.Ordinal);
        rehearsal.Ask();
        Assert.Contains("then Reveal()", Assert.Throws<InvalidOperationException>(() => rehearsal.Grade(SelfGrade.Good)).Message, StringComparison.Ordinal);
        rehearsal.Reveal();
        Assert.Throws<ArgumentOutOfRangeException>(() => rehearsal.Grade((SelfGrade)7));
        rehearsal.Grade(SelfGrade.Good);
        Assert.Throws<InvalidOperationException>(() => rehearsal.Grade(SelfGrade.Good));
        Assert.Contains("Summary()", Assert.Throws<InvalidOperationException>(rehearsal.Ask).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Start(questions: 0));
    }

    [Fact]
    public void A_front_end_gets_markdown_and_a_terminal_plain_text()
    {
        var rehearsal = Start(topic: "alpha");
        var asked = rehearsal.Ask();
        var revealed = rehearsal.Reveal();

        Assert.Contains("> \"Tell me about alpha.\n> And why?\"", asked.ToMime(MimeTypes.Markdown), StringComparison.Ordinal);
        Assert.StartsWith("Question 1 of 1 · alpha · core · new", asked.ToText(), StringComparison.Ordinal);
        Assert.Contains(@"$\hat x", revealed.ToMime(MimeTypes.Markdown), StringComparison.Ordinal);
        Assert.Contains("x̂ = (x−μ)/σ", revealed.ToText(), StringComparison.Ordinal);
        Assert.Contains("[BN02-magic] fails", revealed.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("- Senior: derives it, in steps.", revealed.ToText(), StringComparison.Ordinal);
    }

    private Rehearsal Start(int questions = 3, int seed = 1, QuestionLevel? level = null, string? topic = null) =>
        Rehearsal.Start(questions, seed, level: level, topic: topic, history: history, bank: SampleQuestions.Bank(), clock: clock);

    private void Graded(string topic, SelfGrade grade, int daysAgo) =>
        history.Add(new(topic, clock.GetLocalNow().AddDays(-daysAgo), AnswerDepth.TwoMinutes, 60, grade));

    private string Answer(Rehearsal rehearsal, int seconds, SelfGrade grade)
    {
        var asked = rehearsal.Ask();
        clock.Pass(TimeSpan.FromSeconds(seconds));
        rehearsal.Reveal();
        rehearsal.Grade(grade);
        return asked.Question.Topic;
    }

    /// <summary>What an interview asks, found by holding it.</summary>
    private static List<string> Topics(Rehearsal rehearsal)
    {
        var topics = new List<string>();
        while (!rehearsal.IsOver)
        {
            topics.Add(rehearsal.Ask().Question.Topic);
            rehearsal.Reveal();
            rehearsal.Grade(SelfGrade.Good);
        }

        return topics;
    }
}
