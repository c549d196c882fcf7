using System.Collections.Immutable;

namespace NormLab.Exercises;

/// <summary>Names what is wrong with an answer by comparing its outputs with those of wrong answers that have a name.</summary>
internal static class Judge
{
    /// <param name="answer">What the answer showed.</param>
    /// <param name="right">What the solution shows, part by part.</param>
    /// <param name="suspects">What the wrong answers show.</param>
    public static ImmutableArray<Finding> Findings(
        ImmutableArray<Part> answer, ImmutableArray<Part> right, IReadOnlyList<(ImmutableArray<Misconception> Misconceptions, ImmutableArray<Part> Parts)> suspects)
    {
        var open = Off(answer, right);
        List<(int First, Finding Finding)> findings = [];
        // One misconception that explains all comes first; else the one that explains most of what is still open.
        while (open.Count > 0 && Best() is { Explained.Count: > 0 } best)
        {
            findings.AddRange(best.Misconceptions.Select(misconception => (best.Explained.Min(), Finding.Of(misconception, Names(best.Explained)))));
            open.ExceptWith(best.Explained);
        }

        findings.AddRange(open.Select(index => (index, Finding.Unknown(answer[index].Name, answer[index].Against(right[index])))));
        return [.. findings.OrderBy(found => found.First).Select(found => found.Finding)];

        (ImmutableArray<Misconception> Misconceptions, HashSet<int> Explained) Best() => suspects
            .Select(suspect => (suspect, Off: Off(suspect.Parts, right)))
            .Select(pair => (pair.suspect, pair.Off, Explained: Explained(pair.suspect.Parts, pair.Off)))
            .OrderByDescending(found => found.Explained.Count)
            .ThenBy(found => found.Off.Count)
            .Select(found => (found.suspect.Misconceptions, found.Explained))
            .FirstOrDefault();

        HashSet<int> Explained(ImmutableArray<Part> parts, HashSet<int> off) => [.. open.Where(index => off.Contains(index) && answer[index].Agrees(parts[index]))];

        string[] Names(IEnumerable<int> indices) => [.. indices.Order().Select(index => answer[index].Name)];
    }

    /// <summary>The places of the parts that are not right.</summary>
    public static HashSet<int> Off(ImmutableArray<Part> answer, ImmutableArray<Part> right) =>
        [.. Enumerable.Range(0, right.Length).Where(index => !answer[index].Agrees(right[index]))];
}
