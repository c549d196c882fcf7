using System.Globalization;

namespace NormLab.Claims;

/// <summary>What it would take to change a verdict, in the words that the front page of the site uses too.</summary>
internal static class ClaimChange
{
    public static string Of(ClaimRecord claim)
    {
        var (value, limit) = (claim.Value, claim.Threshold.Value);
        var (low, high) = claim.Interval is { } interval ? (interval.Low, interval.High) : (value, value);
        if (!double.IsFinite(low) || !double.IsFinite(high))
            return "any other verdict needs a finite number";

        // Both ends as distances on the side where the claim holds.
        var atLeast = claim.Threshold.Relation == Relation.AtLeast;
        var (near, far) = atLeast ? (low - limit, high - limit) : (limit - high, limit - low);
        var (up, down) = atLeast ? ("higher", "lower") : ("lower", "higher");
        var (nearEnd, farEnd) = atLeast ? ("lower", "upper") : ("upper", "lower");
        return (claim.Interval is null, claim.Verdict) switch
        {
            (true, Verdict.Holds) => $"fails if it were {(Magnitude(value, limit) is { } orders ? $"more than {orders}" : More(near, down))}",
            (true, _) => $"holds if it were {Magnitude(value, limit) ?? $"{Number(-near)} {up}"}",
            (_, Verdict.Holds) => $"inconclusive if the {nearEnd} end were {More(near, down)}; fails if the {farEnd} end were {More(far, down)}",
            (_, Verdict.Fails) => $"inconclusive if the {farEnd} end were {Number(-far)} {up}; holds if the {nearEnd} end were {Number(-near)} {up}",
            _ => $"holds if the {nearEnd} end were {Number(-near)} {up}; fails if the {farEnd} end were {More(far, down)}",
        };
    }

    private static string More(double distance, string direction) =>
        distance == 0 ? $"any {direction}" : $"more than {Number(distance)} {direction}";

    /// <summary>The way to the limit in orders of magnitude, where it is at least one of them; else null.</summary>
    private static string? Magnitude(double value, double limit)
    {
        var orders = Math.Log10(limit / value);
        return double.IsFinite(orders) && Math.Abs(orders) >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(orders):F1} orders of magnitude {(orders > 0 ? "larger" : "smaller")}")
            : null;
    }

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
