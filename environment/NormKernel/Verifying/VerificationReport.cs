using Spectre.Console;

namespace NormKernel.Verifying;

/// <summary>Prints what a verification found, at most a screenful of it.</summary>
public sealed class VerificationReport(IAnsiConsole console)
{
    private const int MostLines = 25;

    public void Print(string notebook, Verification verification)
    {
        foreach (var cell in verification.Timings)
            console.WriteLine($"{notebook}: cell {cell} measures time: of its output only the verdicts are compared");

        if (verification is { Differences.Count: 0, Verdicts.Count: 0 })
        {
            console.WriteLine($"{notebook}: the same numbers as committed");
            return;
        }

        if (!verification.SameProvenance)
        {
            console.WriteLine($"{notebook}: other provenance than committed, so other numbers are expected and only verdicts count:");
            PrintCapped(verification.Provenance.Select(field => $"  {field.Field}: {field.Old} → {field.New}"));
        }

        if (verification.Verdicts.Count > 0)
        {
            console.WriteLine($"{notebook}: {Count(verification.Verdicts.Count, "verdict differs", "verdicts differ")}:");
            PrintCapped(verification.Verdicts.Select(difference => $"  {difference}"));
        }

        var standing = verification.SameProvenance ? "" : " (for information)";
        console.WriteLine($"{notebook}: {Count(verification.Differences.Count, "value differs", "values differ")}{standing}:");
        PrintCapped(verification.Differences.Select(difference => $"  {difference}"));
    }

    private void PrintCapped(IEnumerable<string> lines)
    {
        var all = lines.ToList();
        foreach (var line in all.Take(MostLines))
            console.WriteLine(line);
        if (all.Count > MostLines)
            console.WriteLine($"  … and {all.Count - MostLines} more, {all.Count} in all");
    }

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
