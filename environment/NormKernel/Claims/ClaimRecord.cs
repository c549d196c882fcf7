using NormKernel.Notebooks;

namespace NormKernel.Claims;

/// <summary>A claim as a cell's outputs record it: a check with a statement, a measurement and a verdict.</summary>
/// <param name="Id">What other places call it.</param>
/// <param name="Kind">identity, numerical or empirical.</param>
/// <param name="Statement">What it says, as a sentence.</param>
/// <param name="Statistic">What was measured.</param>
/// <param name="Interval">The interval of the measurement; null where it has no sampling error.</param>
/// <param name="Threshold">What the statistic must reach.</param>
/// <param name="Verdict">holds, fails or inconclusive.</param>
/// <param name="Stated">The verdict that the prose gives.</param>
/// <param name="Passed">Whether the two agree.</param>
public sealed record ClaimRecord(
    string Id, string Kind, string Statement, Statistic Statistic, ClaimInterval? Interval, ClaimThreshold Threshold, string Verdict, string Stated, bool Passed)
{
    /// <summary>The claims that a notebook's outputs record, in order.</summary>
    public static IReadOnlyList<ClaimRecord> In(Notebook notebook) =>
        [.. notebook.Cells.SelectMany(ClaimReader.In)];
}

/// <summary>A measured number and its name, with the unit.</summary>
public sealed record Statistic(string Name, double Value);

/// <summary>A confidence interval.</summary>
public sealed record ClaimInterval(double Low, double High, double Level);

/// <summary>The limit of a claim; reaching it exactly counts as reached.</summary>
/// <param name="IsLeast">Whether the claim holds from the value upwards; else it holds up to it.</param>
/// <param name="Value">The limit, in the statistic's unit.</param>
public sealed record ClaimThreshold(bool IsLeast, double Value);
