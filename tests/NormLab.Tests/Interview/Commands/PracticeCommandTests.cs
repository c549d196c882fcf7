using MockInterview.Commands;

namespace NormLab.Tests.Interview.Commands;

public sealed class PracticeCommandTests : IDisposable
{
    private readonly InterviewPlace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task An_interview_asks_reveals_grades_and_sums_up()
    {
        Assert.Equal(ExitCode.Success, await place.Run("practice --questions 2 --seed 1 --level core", "\n3\n\n1\n"));

        string[] parts =
        [
            "Question 1 of 2", "\"Tell me about", "the goal is 2:00", "You took 1:35", "The answer: 2 minutes", "x̂ = (x−μ)/σ",
            "Popular, but wrong", "[BN02-magic] fails", "Rubric", "Junior: names", "1. again: less than the junior answer",
            "Graded good", "Question 2 of 2", "Graded again", "Summary", "2 of 2 questions graded", "Time used: 3:10 of 4:00", "Weak: ",
            "Next: alpha, beta, tomorrow, 2026-03-02", $"History: {place.HistoryFile}",
        ];
        Assert.Equal(parts, parts.OrderBy(part => place.Output.IndexOf(part, StringComparison.Ordinal)));
        Assert.All(parts, part => Assert.Contains(part, place.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("\e", place.Output, StringComparison.Ordinal);
        Assert.Equal(2, place.History.Answers.Count);
    }

    [Fact]
    public async Task Without_a_command_it_practises_three_questions()
    {
        Assert.Equal(ExitCode.Success, await place.Run("", "\n4\n\n4\n\n4\n"));
        Assert.Contains("3 of 3 questions graded", place.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_weak_topic_comes_back_when_it_is_due()
    {
        await place.Run("practice --topic delta", "\n1\n");
        await place.Run("practice --topic beta", "\n3\n");
        place.Clock.Pass(TimeSpan.FromDays(1));
        await place.Run("practice --questions 1", "\n3\n");
        Assert.Equal("delta", place.History.Answers[^1].Topic);
        Assert.Contains("due today, 2026-03-02, last again", place.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30s", "Short answer", "0:30")]
    [InlineData("whiteboard", "    y = γ x̂ + β", "5:00")]
    public async Task The_depth_decides_the_answer_and_the_goal(string depth, string answer, string goal)
    {
        await place.Run($"practice --questions 1 --depth {depth}", "\n3\n");
        Assert.Contains(answer, place.Output, StringComparison.Ordinal);
        Assert.Contains($"the goal is {goal}", place.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_question_is_asked_after_the_time_is_over()
    {
        Assert.Equal(ExitCode.Success, await place.Run("practice --questions 4 --minutes 4", "\n3\n\n3\n\n3\n\n3\n"));
        Assert.Contains("The 4:00 minutes are over.", place.Output, StringComparison.Ordinal);
        Assert.Equal(2, place.History.Answers.Count);
    }

    [Theory]
    [InlineData("\n3\nq", 1)]
    [InlineData("\n3\n\nq\n", 1)]
    [InlineData("\n3\n\n", 1)]
    [InlineData("\n9\n\nx\n2\n\nq\n", 1)]
    [InlineData("", 0)]
    public async Task The_person_or_the_end_of_input_ends_it_and_what_was_graded_is_kept(string typed, int graded)
    {
        Assert.Equal(ExitCode.Success, await place.Run("practice", typed));
        Assert.Equal(graded, place.History.Answers.Count);
        Assert.Contains($"{graded} of 3 questions graded", place.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_cleanly_and_what_was_graded_is_kept()
    {
        using var source = new CancellationTokenSource();
        using var typed = new CancellingLines(source);
        Assert.Equal(ExitCode.Interrupted, await place.Run("practice", typed, source.Token));
        Assert.Single(place.History.Answers);
        Assert.Contains("interrupted", place.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 3 questions graded", place.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_that_cannot_be_written_ends_it_with_the_reason()
    {
        Directory.CreateDirectory(place.HistoryFile);
        Assert.Equal(ExitCode.Failure, await place.Run("practice", "\n3\n"));
        Assert.Contains(place.HistoryFile, place.Error, StringComparison.Ordinal);
    }

    /// <summary>Answers one question; then Ctrl-C comes while the next line is awaited.</summary>
    private sealed class CancellingLines(CancellationTokenSource source) : TextReader
    {
        private readonly Queue<string> lines = new(["", "3"]);
        private readonly ManualResetEventSlim never = new();

        public override string? ReadLine()
        {
            if (lines.TryDequeue(out var line))
                return line;
            source.Cancel();
            never.Wait(TestContext.Current.CancellationToken);
            return null;
        }

        protected override void Dispose(bool disposing)
        {
            never.Set();
            base.Dispose(disposing);
        }
    }
}
