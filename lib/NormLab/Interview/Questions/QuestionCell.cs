using System.Globalization;
using System.Text.RegularExpressions;

namespace NormLab.Interview;

/// <summary>A markdown cell read as a question: heading, quotation, topic line and five folds.</summary>
internal sealed partial class QuestionCell
{
    private const string WrongTitle = "Popular, but wrong", RubricTitle = "Rubric";

    private static readonly string[] Titles =
        [.. Enum.GetValues<AnswerDepth>().Select(depth => depth.Title()), WrongTitle, RubricTitle];

    private static readonly string[] Grades = [nameof(Rubric.Junior), nameof(Rubric.Senior), nameof(Rubric.Research), nameof(Rubric.Probe)];

    private readonly Match heading;
    private readonly Match topic;
    private readonly string asked;
    private readonly Dictionary<string, string> folds;
    private readonly Dictionary<string, string> rubric;

    public QuestionCell(string text)
    {
        heading = NumberedHeading().Match(text);
        topic = TopicLine().Match(text);
        asked = string.Join("\n", QuotedLine().Matches(text.Split("<details>")[0]).Select(line => line.Groups[1].Value)).Trim();
        folds = Fold().Matches(text).GroupBy(Name).ToDictionary(group => group.Key, group => group.First().Groups["text"].Value.Trim());
        rubric = RubricPart().Matches(folds.GetValueOrDefault(RubricTitle, "")).GroupBy(Name)
            .ToDictionary(group => group.Key, group => group.First().Groups["text"].Value.Trim());
    }

    public bool IsQuestion => heading.Success;

    public string Heading => heading.Value.Trim();

    /// <summary>What is missing, in words; empty for a complete question.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. asked.Length == 0 ? ["there is no question as asked, in lines that start with \"> \""] : Array.Empty<string>(),
        .. topic.Success ? Array.Empty<string>() : ["there is no line \"*Topic: words-with-hyphens · level: core*\" (or follow-up, or expert)"],
        .. Titles.Where(title => folds.GetValueOrDefault(title, "").Length == 0)
            .Select(title => $"there is no text under <details><summary>{title}</summary> … </details>"),
        .. Grades.Where(grade => folds.ContainsKey(RubricTitle) && rubric.GetValueOrDefault(grade, "").Length == 0)
            .Select(grade => $"the rubric has no item \"- **{grade}:** …\""),
    ];

    public InterviewQuestion ToQuestion() => new(
        int.Parse(heading.Groups["number"].Value, CultureInfo.InvariantCulture),
        heading.Groups["title"].Value.Trim(),
        asked,
        topic.Groups["topic"].Value,
        QuestionLevels.Find(topic.Groups["level"].Value)!.Value,
        folds[AnswerDepth.ThirtySeconds.Title()],
        folds[AnswerDepth.TwoMinutes.Title()],
        folds[AnswerDepth.Whiteboard.Title()],
        folds[WrongTitle],
        new(rubric[Grades[0]], rubric[Grades[1]], rubric[Grades[2]], rubric[Grades[3]]));

    private static string Name(Match match) => match.Groups["name"].Value.Trim();

    [GeneratedRegex(@"\A\s*## (?<number>\d{1,4})\. (?<title>.+)")]
    private static partial Regex NumberedHeading();

    [GeneratedRegex(@"^\*Topic: (?<topic>[a-z0-9]+(-[a-z0-9]+)*) · level: (?<level>core|follow-up|expert)\*\s*$", RegexOptions.Multiline)]
    private static partial Regex TopicLine();

    [GeneratedRegex(@"^> ?(.*)$", RegexOptions.Multiline)]
    private static partial Regex QuotedLine();

    [GeneratedRegex(@"<details>\s*<summary>(?<name>.*?)</summary>(?<text>.*?)</details>", RegexOptions.Singleline)]
    private static partial Regex Fold();

    [GeneratedRegex(@"^[-*] \*\*(?<name>\w+):\*\*(?<text>.*?)(?=^[-*] \*\*\w+:\*\*|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex RubricPart();
}
