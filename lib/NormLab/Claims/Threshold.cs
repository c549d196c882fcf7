using NormLab.Rendering;

namespace NormLab.Claims;

/// <summary>What a statistic must reach for a claim to hold.</summary>
/// <param name="Relation">On which side of the value the claim holds.</param>
/// <param name="Value">The limit, in the statistic's unit; the limit itself counts as reached.</param>
public readonly record struct Threshold(Relation Relation, double Value)
{
    /// <summary>The claim holds from <paramref name="value"/> upwards.</summary>
    public static Threshold AtLeast(double value) => new(Relation.AtLeast, value);

    /// <summary>The claim holds up to <paramref name="value"/>.</summary>
    public static Threshold AtMost(double value) => new(Relation.AtMost, value);

    /// <summary>Judges a statistic that lies somewhere between two ends; the two are equal for an exact number.</summary>
    public Verdict Judge(double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high))
            return Verdict.Inconclusive;

        return (Reaches(low), Reaches(high)) switch
        {
            (true, true) => Verdict.Holds,
            (false, false) => Verdict.Fails,
            _ => Verdict.Inconclusive,
        };
    }

    /// <summary>For example <c>≥ 0.05</c>.</summary>
    public override string ToString() => $"{(Relation == Relation.AtLeast ? '≥' : '≤')} {Cell.Number(Value)}";

    private bool Reaches(double statistic) => Relation == Relation.AtLeast ? statistic >= Value : statistic <= Value;
}

/// <summary>The side of a <see cref="Threshold"/> on which a claim holds.</summary>
public enum Relation
{
    /// <summary>From the threshold upwards.</summary>
    AtLeast,

    /// <summary>Up to the threshold.</summary>
    AtMost,
}
