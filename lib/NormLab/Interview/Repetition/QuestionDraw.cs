using NormLab.Data;

namespace NormLab.Interview;

/// <summary>Which questions an interview asks: those that are due, the weakest first; then new ones, core first; then those that are next.</summary>
internal static class QuestionDraw
{
    public static IReadOnlyList<InterviewQuestion> From(
        IReadOnlyList<InterviewQuestion> questions, IReadOnlyDictionary<string, TopicProgress> progress, DateOnly today, int count, int seed)
    {
        var random = new SplitMix64(unchecked((ulong)seed));
        var shuffled = questions.Select(question => (question, key: random.Next())).ToList()
            .OrderBy(item => item.key).Select(item => item.question).ToList();

        var known = shuffled.Where(question => progress.ContainsKey(question.Topic)).ToLookup(question => progress[question.Topic].IsDue(today));
        var due = known[true].OrderBy(question => progress[question.Topic].LastGrade).ThenBy(question => progress[question.Topic].Due);
        var fresh = shuffled.Where(question => !progress.ContainsKey(question.Topic)).OrderBy(question => question.Level);
        var later = known[false].OrderBy(question => progress[question.Topic].Due);
        return [.. due.Concat(fresh).Concat(later).Take(count)];
    }
}
