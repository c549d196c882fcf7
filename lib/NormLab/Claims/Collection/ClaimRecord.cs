using System.Globalization;
using NormLab.Rendering;

namespace NormLab.Claims;

/// <summary>A claim as the outputs of a notebook record it.</summary>
/// <param name="Id">Its name, unique in the collection.</param>
/// <param name="Kind">What kind of evidence it rests on.</param>
/// <param name="Statement">What is claimed, as a sentence.</param>
/// <param name="Statistic">The name of the number that decides, with its unit.</param>
/// <param name="Value">That number.</param>
/// <param name="Interval">Its interval, or null where it has no sampling error.</param>
/// <param name="Threshold">What it must reach.</param>
/// <param name="Verdict">What the measurement says.</param>
/// <param name="Passed">Whether the prose says the same.</param>
public sealed record ClaimRecord(
    string Id, ClaimKind Kind, string Statement, string Statistic, double Value, Interval? Interval, Threshold Threshold, Verdict Verdict, bool Passed)
{
    /// <summary>Whether it is the outcome of a clock, which is another one in every run: then only the verdict is worth telling.</summary>
    public bool IsTiming { get; init; }

    /// <summary>The measurement in words: statistic, interval and threshold.</summary>
    public string Evidence => IsTiming
        ? $"{Statistic}: by the clock, another number in each run; threshold {Threshold}"
        : string.Create(CultureInfo.InvariantCulture, $"{Statistic}: {Cell.Number(Value)}{(Interval is { } interval ? $", {interval}" : "")}; threshold {Threshold}");

    /// <summary>What it would take to change the verdict, in words.</summary>
    public string Change => IsTiming ? "another ratio of times" : ClaimChange.Of(this);

    /// <summary>
    /// How far the statistic is from the threshold, in half-widths of its interval: below 1 the claim is undecided.
    /// ∞ where the interval has no width, NaN where there is none.
    /// </summary>
    public double HalfWidths => Interval is { } interval && !IsTiming ? Math.Abs(Value - Threshold.Value) / ((interval.High - interval.Low) / 2) : double.NaN;

    /// <summary>
    /// How many orders of magnitude an exact number is from the threshold. ∞ where it is zero or has the other sign, NaN
    /// where it has an interval or is a time.
    /// </summary>
    public double Orders => Interval is not null || IsTiming || !double.IsFinite(Value) ? double.NaN
        : Threshold.Value / Value is > 0 and var quotient && double.IsFinite(quotient) ? Math.Abs(Math.Log10(quotient))
        : Threshold.Value == Value ? 0 : double.PositiveInfinity;
}
