using NormLab.Rendering;

namespace NormLab.Interview;

/// <summary>The outcome of an interview.</summary>
/// <param name="Graded">What was graded, in the order of asking.</param>
/// <param name="Asked">How many questions the interview had.</param>
/// <param name="Standing">How one now stands with every question that was ever graded.</param>
/// <param name="Today">The day of the interview.</param>
public sealed record InterviewSummary(
    IReadOnlyList<GradeReceipt> Graded, int Asked, IReadOnlyCollection<TopicProgress> Standing, DateOnly Today) : InterviewText
{
    /// <summary>One row per graded question.</summary>
    public Table Table => Table.Of(Graded,
        ("topic", receipt => receipt.Question.Topic),
        ("grade", receipt => receipt.Answer.Grade.Name()),
        ("time", receipt => Wording.Clock(receipt.Answer.Used)),
        ("goal", receipt => Wording.Clock(receipt.Answer.Depth.Goal())),
        ("comes back", receipt => Wording.When(receipt.Progress.Due, Today)));

    /// <summary>What was graded, the time used, what is weak and what is due next; one sentence each.</summary>
    public IReadOnlyList<string> Sentences
    {
        get
        {
            var sentences = new List<string> { $"{Graded.Count} of {Wording.Count(Asked, "question")} graded." };
            if (Graded.Count > 0)
                sentences.Add($"Time used: {Wording.Clock(Sum(answer => answer.Used))} of {Wording.Clock(Sum(answer => answer.Depth.Goal()))}.");
            if (Standing.Where(progress => progress.IsWeak).Select(progress => progress.Topic).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } weak)
                sentences.Add($"Weak: {string.Join(", ", weak)}.");
            if (Standing.GroupBy(progress => progress.Due).MinBy(day => day.Key) is { } next)
                sentences.Add($"Next: {string.Join(", ", next.Select(progress => progress.Topic).Order(StringComparer.Ordinal))}, {Wording.When(next.Key, Today)}.");
            return sentences;
        }
    }

    /// <inheritdoc/>
    public override string ToMarkdown() => $"{(Graded.Count > 0 ? Table.ToMarkdown() + "\n\n" : "")}{string.Join(" ", Sentences)}";

    /// <inheritdoc/>
    public override string ToText() => $"{(Graded.Count > 0 ? Table.ToText() + "\n\n" : "")}{string.Join("\n", Sentences)}";

    private TimeSpan Sum(Func<GradedAnswer, TimeSpan> time) => Graded.Aggregate(TimeSpan.Zero, (sum, receipt) => sum + time(receipt.Answer));
}
