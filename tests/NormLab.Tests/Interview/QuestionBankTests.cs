using NormLab.Data;
using NormLab.Interview;

namespace NormLab.Tests.Interview;

public sealed class QuestionBankTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_question_is_read_with_all_its_parts()
    {
        var question = QuestionBank.Load(SampleQuestions.Write(folder.Path, "## Not numbered", SampleQuestions.Cell(7, "alpha", "follow-up"))).Questions.Single();

        Assert.Equal((7, "What is alpha?", "alpha", QuestionLevel.FollowUp), (question.Number, question.Title, question.Topic, question.Level));
        Assert.Equal("\"Tell me about alpha.\nAnd why?\"", question.Asked);
        Assert.Equal("Short answer to alpha, see [BN01-mean](01-how.ipynb).", question.Answer(AnswerDepth.ThirtySeconds));
        Assert.Equal(@"Long answer to alpha: $\hat x = (x-\mu)/\sigma$.", question.Answer(AnswerDepth.TwoMinutes));
        Assert.Equal(@"$$y = \gamma \hat x + \beta$$", question.Answer(AnswerDepth.Whiteboard));
        Assert.StartsWith("- \"It is magic.\"", question.PopularButWrong, StringComparison.Ordinal);
        Assert.Equal(new("names alpha.", "derives it,\n  in steps.", "doubts it.", "\"When not?\""), question.Rubric);
    }

    [Theory]
    [InlineData("Popular, but wrong", "Popular", "<summary>Popular, but wrong</summary>")]
    [InlineData("2 minutes", "two minutes", "<summary>2 minutes</summary>")]
    [InlineData("**Probe:**", "Probe:", "\"- **Probe:** …\"")]
    [InlineData("names alpha.", "", "\"- **Junior:** …\"")]
    [InlineData("level: core", "level: easy", "*Topic:")]
    [InlineData("*Topic: alpha", "*Topic: Alpha", "*Topic:")]
    [InlineData("> ", "", "question as asked")]
    public void What_a_cell_lacks_is_named_with_the_cell(string there, string instead, string named)
    {
        var path = SampleQuestions.Write(folder.Path, "# Title", SampleQuestions.Cell(1, "alpha").Replace(there, instead), SampleQuestions.Cell(2, "beta"));

        var problem = Assert.Throws<InvalidDataException>(() => QuestionBank.Load(path)).Message;

        Assert.Contains(path, problem, StringComparison.Ordinal);
        Assert.Contains("cell 3, \"## 1. What is alpha?\"", problem, StringComparison.Ordinal);
        Assert.Contains(named, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("beta", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_questions_of_one_topic_are_refused()
    {
        var path = SampleQuestions.Write(folder.Path, SampleQuestions.Cell(1, "alpha"), SampleQuestions.Cell(2, "alpha"));
        Assert.Contains("questions 1 and 2", Assert.Throws<InvalidDataException>(() => QuestionBank.Load(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"cells\": []", "is not a notebook")]
    [InlineData("{ \"metadata\": {} }", "is not a notebook")]
    [InlineData("[]", "is not a notebook")]
    [InlineData("{ \"cells\": [] }", "no cell is a question")]
    public void A_file_without_questions_is_refused(string content, string reason)
    {
        var path = Path.Combine(folder.Path, "12-questions.ipynb");
        File.WriteAllText(path, content);
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => QuestionBank.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Level_and_topic_choose_and_a_choice_of_nothing_lists_what_there_is()
    {
        var bank = SampleQuestions.Bank();
        Assert.Equal(["alpha", "beta"], bank.Select(QuestionLevel.Core, topic: null).Select(question => question.Topic));
        Assert.Equal("gamma", bank.Select(level: null, "gamma").Single().Topic);
        Assert.Contains("delta (expert)", Assert.Throws<ArgumentException>(() => bank.Select(QuestionLevel.Core, "gamma")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_committed_notebook_is_a_question_bank()
    {
        var notebooks = Path.Combine(RepositoryFolder(), "notebooks");
        Assert.SkipWhen(Directory.GetFiles(notebooks, "12-*.ipynb").Length == 0, "The interview notebook is not in this checkout.");

        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = notebooks;
        try
        {
            var questions = QuestionBank.Load().Questions;
            Assert.True(questions.Count >= 12, $"{questions.Count} questions");
            Assert.Equal(Enumerable.Range(1, questions.Count), questions.Select(question => question.Number));
            Assert.Equal(3, questions.Select(question => question.Level).Distinct().Count());
            foreach (var text in questions.SelectMany(question => Enum.GetValues<AnswerDepth>().Select(question.Answer)))
                Assert.DoesNotMatch(@"\$|\*\*|\\[a-z]|</?[a-z]+>", PlainText.Of(text));
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    private static string RepositoryFolder()
    {
        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = AppContext.BaseDirectory;
        try
        {
            return DataFolders.Repository!;
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }
}
