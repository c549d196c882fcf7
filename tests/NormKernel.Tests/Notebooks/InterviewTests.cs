using System.Globalization;
using System.Text.RegularExpressions;
using NormKernel.Notebooks;

namespace NormKernel.Tests.Notebooks;

/// <summary>The notebook of interview answers keeps the shape that a mock interview reads, and cites what it says.</summary>
public partial class InterviewTests
{
    private static readonly string[] Parts = ["30 seconds", "2 minutes", "Whiteboard", "Popular, but wrong", "Rubric"];

    private static readonly string[] Questions = [.. Notebook
        .Load(Path.Combine(Repository.FindRoot(AppContext.BaseDirectory)!, "notebooks", "12-how-would-you-answer.ipynb"))
        .Cells.Where(cell => cell.IsMarkdown && Number().IsMatch(cell.Source)).Select(cell => cell.Source)];

    public static TheoryData<string> Titles => [.. Questions.Select(TitleOf)];

    [Fact]
    public void Questions_are_numbered_in_order_and_each_has_a_topic_of_its_own()
    {
        Assert.InRange(Questions.Length, 16, 20);
        Assert.Equal(Enumerable.Range(1, Questions.Length), Questions.Select(NumberOf));
        Assert.Distinct(Questions.Select(question => Shape().Match(question).Groups["topic"].Value));
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public void A_question_is_title_question_topic_and_five_parts_that_render(string title)
    {
        var shape = Shape().Match(QuestionOf(title));
        Assert.True(shape.Success, $"{title}: not ## number. title?, > question, *Topic: … · level: …*, and <details> between blank lines");
        Assert.Equal(Parts, shape.Groups["part"].Captures.Select(part => part.Value));
        Assert.Equal(["Junior", "Senior", "Research", "Probe"], Level().Matches(shape.Groups["text"].Captures[4].Value).Select(level => level.Groups[1].Value));
    }

    // Two to two and a half words per second are a calm pace; what stands in brackets is not spoken.
    [Theory]
    [MemberData(nameof(Titles))]
    public void A_spoken_answer_fits_its_time_and_needs_no_formula(string title)
    {
        var texts = TextsOf(title);
        Assert.InRange(Words(texts[0]), 40, 90);
        Assert.InRange(Words(texts[1]), 150, 300);
        Assert.DoesNotContain('$', texts[0] + texts[1]);
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public void Every_answer_and_every_correction_cites_its_evidence(string title)
    {
        var texts = TextsOf(title);
        Assert.All(texts[..2], text => Assert.Matches(Evidence(), text));
        var wrong = texts[3].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(wrong, line => Assert.Matches(Corrected(), line));
        Assert.InRange(wrong.Length, 2, 6);
    }

    // KaTeX would print the link's source.
    [Theory]
    [MemberData(nameof(Titles))]
    public void No_formula_holds_a_link(string title) =>
        Assert.All(Formula().Matches(QuestionOf(title)), formula => Assert.DoesNotContain("](", formula.Value, StringComparison.Ordinal));

    private static string QuestionOf(string title) => Questions.Single(question => TitleOf(question) == title);

    private static string TitleOf(string question) => question[..question.IndexOf('\n')].TrimStart('#', ' ');

    private static int NumberOf(string question) => int.Parse(Number().Match(question).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    private static string[] TextsOf(string title) =>
        [.. Shape().Match(QuestionOf(title)).Groups["text"].Captures.Select(text => text.Value)];

    private static int Words(string text) => Bracket().Replace(text, "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    [GeneratedRegex(@"\A## (\d+)\. ")]
    private static partial Regex Number();

    [GeneratedRegex("""
        \A[#][#]\ \d+\.\ [^\n]+\?\n\n
        (>\ [^\n]+\n)+\n
        \*Topic:\ (?<topic>[a-z]+(-[a-z]+)*)\ ·\ level:\ (core|follow-up|expert)\*\n
        (\n<details><summary>(?<part>[^<]+)</summary>\n\n(?<text>((?!</?details>).)+?)\n\n</details>\n?){5}\z
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();

    [GeneratedRegex(@"^- \*\*(\w+):\*\* ", RegexOptions.Multiline)]
    private static partial Regex Level();

    [GeneratedRegex(@"\[(BN\d\d-[a-z0-9-]+|[Nn]otebook \d\d)\]\(")]
    private static partial Regex Evidence();

    [GeneratedRegex("""^- "[^"]+" .*\]\((https://|\d\d-)""")]
    private static partial Regex Corrected();

    [GeneratedRegex(@"\$\$.+?\$\$|\$[^$]+\$", RegexOptions.Singleline)]
    private static partial Regex Formula();

    [GeneratedRegex(@" \((\[[^\]]+\]\([^)]+\)( fails| inconclusive)?(, )?)+\)")]
    private static partial Regex Bracket();
}
