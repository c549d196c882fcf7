using System.Text.Json.Nodes;
using NormLab.Interview;

namespace NormLab.Tests.Interview;

public sealed class InterviewHistoryTests : IDisposable
{
    private static readonly GradedAnswer Answer =
        new("alpha", new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1)), AnswerDepth.ThirtySeconds, 41, SelfGrade.Hard);

    private readonly TemporaryFolder folder = new();

    private string File => Path.Combine(folder.Path, "new", "interview.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_added_is_there_next_time()
    {
        InterviewHistory.OnDisk(File).Add(Answer);
        InterviewHistory.OnDisk(File).Add(Answer with { Topic = "beta", Depth = AnswerDepth.Whiteboard, Grade = SelfGrade.Easy });

        Assert.Equal([Answer, new("beta", Answer.Answered, AnswerDepth.Whiteboard, 41, SelfGrade.Easy)], InterviewHistory.OnDisk(File).Answers);
        Assert.Equal([File], Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    [Fact]
    public void The_file_is_readable()
    {
        InterviewHistory.OnDisk(File).Add(Answer);
        Assert.Equal("""
            {
              "version": 1,
              "answers": [
                {
                  "topic": "alpha",
                  "answered": "2026-03-01T12:00:00+01:00",
                  "depth": "30s",
                  "seconds": 41,
                  "grade": "hard"
                }
              ]
            }

            """, System.IO.File.ReadAllText(File).ReplaceLineEndings("\n"), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Two_programs_at_once_lose_nothing()
    {
        var (one, other) = (InterviewHistory.OnDisk(File), InterviewHistory.OnDisk(File));
        one.Add(Answer);
        other.Add(Answer with { Topic = "beta" });
        Assert.Equal(["alpha", "beta"], InterviewHistory.OnDisk(File).Answers.Select(answer => answer.Topic));
    }

    [Theory]
    [InlineData("version", 2, "version 2")]
    [InlineData("version", "1", "damaged")]
    [InlineData("version", null, "damaged")]
    [InlineData("answers", null, "damaged")]
    [InlineData("notes", "mine", "damaged")]
    [InlineData("answers/0/grade", "great", "damaged")]
    [InlineData("answers/0/grade", 3, "damaged")]
    [InlineData("answers/0/topic", "", "damaged")]
    [InlineData("answers/0/seconds", -1, "damaged")]
    [InlineData("answers/0/answered", "yesterday", "damaged")]
    public void A_file_that_is_not_understood_is_named_and_never_overwritten(string place, object? value, string reason)
    {
        var open = InterviewHistory.OnDisk(File);
        open.Add(Answer);
        var json = JsonNode.Parse(System.IO.File.ReadAllText(File))!;
        var names = place.Split('/');
        var parent = names.SkipLast(1).Aggregate(json, (node, name) => int.TryParse(name, out var index) ? node[index]! : node[name]!);
        parent[names[^1]] = value is null ? null : JsonValue.Create(value);
        Refused(open, json.ToJsonString(), reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"version\": 1, \"answers\": [ {")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{ \"version\": 1, \"answers\": [ null ] }")]
    [InlineData("{ \"version\": 1, \"answers\": [ { \"topic\": \"alpha\" } ] }")]
    public void Text_that_is_no_history_is_named_and_never_overwritten(string content)
    {
        var open = InterviewHistory.OnDisk(File);
        open.Add(Answer);
        Refused(open, content, "damaged");
    }

    [Fact]
    public void Forgetting_removes_the_file()
    {
        var history = InterviewHistory.OnDisk(File);
        history.Add(Answer);
        history.Forget();
        Assert.Empty(history.Answers);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void The_file_is_where_the_user_says_or_in_the_folder_for_data()
    {
        using (new EnvironmentVariable("NORM_INTERVIEW", File))
            Assert.Equal(File, InterviewHistory.OnDisk().Path);

        Assert.SkipUnless(OperatingSystem.IsLinux(), "XDG_DATA_HOME is Linux's");
        using (new EnvironmentVariable("NORM_INTERVIEW", null))
        using (new EnvironmentVariable("XDG_DATA_HOME", folder.Path))
            Assert.Equal(Path.Combine(folder.Path, "NormNotebooks", "interview.json"), InterviewHistory.OnDisk().Path);
    }

    private void Refused(InterviewHistory open, string content, string reason)
    {
        System.IO.File.WriteAllText(File, content);
        foreach (var use in new Action[] { () => InterviewHistory.OnDisk(File), () => open.Add(Answer) })
        {
            var problem = Assert.Throws<InvalidDataException>(use).Message;
            Assert.Contains(File, problem, StringComparison.Ordinal);
            Assert.Contains(reason, problem, StringComparison.Ordinal);
        }

        Assert.Equal(content, System.IO.File.ReadAllText(File));
    }
}
