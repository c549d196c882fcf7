using MockInterview.Commands;
using NormLab.Interview;

namespace NormLab.Tests.Interview.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly InterviewPlace place = new();

    public void Dispose() => place.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("practice ")]
    [InlineData("due ")]
    [InlineData("history ")]
    [InlineData("forget ")]
    public async Task Every_command_has_help_with_an_example(string command)
    {
        Assert.Equal(ExitCode.Success, await place.Run($"{command}--help"));
        Assert.Matches($"Example: .*{command.Trim()}", place.Output);
    }

    [Theory]
    [InlineData("practise", "'practise'")]
    [InlineData("practice --questions 0", "--questions 0")]
    [InlineData("practice --questions many", "many")]
    [InlineData("practice --minutes -3", "--minutes -3")]
    [InlineData("practice --level senior", "senior")]
    [InlineData("practice --depth 3min", "3min")]
    [InlineData("practice --topic epsilon", "There are alpha (core)")]
    [InlineData("practice --topic gamma --level core", "topic gamma and the level core")]
    [InlineData("due soon", "soon")]
    public async Task What_is_not_understood_is_refused_with_a_hint(string line, string named)
    {
        Assert.Equal(ExitCode.Usage, await place.Run(line));
        Assert.Contains(named, place.Error, StringComparison.Ordinal);
        Assert.Contains("--help` says what can be given", place.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(place.HistoryFile));
    }

    [Theory]
    [InlineData("practice")]
    [InlineData("due")]
    [InlineData("history")]
    [InlineData("forget")]
    public async Task A_damaged_history_is_reported_and_left_alone(string command)
    {
        File.WriteAllText(place.HistoryFile, "{ \"version\": 1,");
        Assert.Equal(ExitCode.Failure, await place.Run(command, "\n3\ny\n"));
        Assert.Contains(place.HistoryFile, place.Error, StringComparison.Ordinal);
        Assert.Equal("{ \"version\": 1,", File.ReadAllText(place.HistoryFile));
    }

    [Fact]
    public async Task A_notebook_that_cannot_be_used_is_a_failure_with_the_reason()
    {
        place.OpenBank = () => throw new InvalidDataException("cell 3 lacks a rubric");
        Assert.Equal(ExitCode.Failure, await place.Run("practice"));
        Assert.Contains("cell 3 lacks a rubric", place.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Due_lists_what_comes_when_and_what_is_weak()
    {
        await place.Run("practice --topic gamma", "\n2\n");
        await place.Run("practice --topic beta", "\n4\n");
        place.Clock.Pass(TimeSpan.FromDays(2));

        Assert.Equal(ExitCode.Success, await place.Run("due"));

        Assert.Matches(@"gamma +follow-up +yesterday, 2026-03-02 +hard +1\n", place.Output);
        Assert.Matches(@"delta +expert +new\n", place.Output);
        Assert.Contains("2 due, 2 new.\nWeak (last graded again or hard): gamma.\n", place.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_lists_the_answers_and_the_file()
    {
        Assert.Equal(ExitCode.Success, await place.Run("history"));
        Assert.Contains("Nothing was graded yet", place.Output, StringComparison.Ordinal);
        await place.Run("practice --topic gamma", "\n2\n");
        await place.Run("history");
        Assert.Matches($@"2026-03-01 +gamma +hard +1:35 +2:00\n\nHistory: {place.HistoryFile}", place.Output);
    }

    [Theory]
    [InlineData("y\n", false)]
    [InlineData("n\n", true)]
    [InlineData("\n", true)]
    [InlineData("", true)]
    public async Task Forget_asks_first(string typed, bool kept)
    {
        place.History.Add(new("alpha", place.Clock.GetLocalNow(), AnswerDepth.TwoMinutes, 9, SelfGrade.Good));
        Assert.Equal(ExitCode.Success, await place.Run("forget", typed));
        Assert.Contains("Forget 1 answer in", place.Output, StringComparison.Ordinal);
        Assert.Equal(kept, File.Exists(place.HistoryFile));
    }
}
