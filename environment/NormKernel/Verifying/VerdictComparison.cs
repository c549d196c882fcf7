using NormKernel.Notebooks;

namespace NormKernel.Verifying;

/// <summary>Compares what the checks of a cell concluded: this has to hold on any machine and any data.</summary>
public static class VerdictComparison
{
    public static IEnumerable<Difference> Compare(int number, Cell committed, Cell rerun)
    {
        var (oldChecks, newChecks) = (ByName(committed), ByName(rerun));
        foreach (var name in oldChecks.Keys.Union(newChecks.Keys))
        {
            var (oldVerdict, newVerdict) = (oldChecks.GetValueOrDefault(name, "missing"), newChecks.GetValueOrDefault(name, "missing"));
            if (oldVerdict != newVerdict)
                yield return new Difference(number, $"check {name}", oldVerdict, newVerdict);
        }
    }

    /// <summary>All that checks of one name concluded, for a cell may check one thing several times.</summary>
    private static Dictionary<string, string> ByName(Cell cell) =>
        Check.In(cell.Outputs)
            .GroupBy(check => check.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => string.Join(", ", group.Select(Conclusion)));

    private static string Conclusion(Check check)
    {
        var passed = check.Passed ? "passed" : "not passed";
        return check.Verdict is { } verdict ? $"{verdict} ({passed})" : passed;
    }
}
