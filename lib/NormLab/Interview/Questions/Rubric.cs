namespace NormLab.Interview;

/// <summary>What tells a weak answer to a question from a strong one; each part is markdown.</summary>
/// <param name="Junior">What the answer of a junior contains.</param>
/// <param name="Senior">What the answer of a senior contains beyond that.</param>
/// <param name="Research">What the answer of somebody who works on the subject contains.</param>
/// <param name="Probe">The question that separates them, and what to listen for.</param>
public sealed record Rubric(string Junior, string Senior, string Research, string Probe)
{
    /// <summary>The four parts with their titles, in this order.</summary>
    public IReadOnlyList<(string Title, string Text)> Parts =>
        [(nameof(Junior), Junior), (nameof(Senior), Senior), (nameof(Research), Research), (nameof(Probe), Probe)];
}
