using System.Globalization;

namespace NormKernel.Claims;

/// <summary>A claim's measurement in words.</summary>
public static class ClaimText
{
    /// <summary>Statistic and interval, as in <c>loss (nats): 0.11, 0.09 to 0.13 (95 %)</c>.</summary>
    public static string Measured(ClaimRecord claim) => string.Create(CultureInfo.InvariantCulture,
        $"{claim.Statistic.Name}: {claim.Statistic.Value:G6}{Interval(claim.Interval)}");

    /// <summary>The limit, as in <c>≥ 0.03</c>.</summary>
    public static string Threshold(ClaimRecord claim) =>
        string.Create(CultureInfo.InvariantCulture, $"{(claim.Threshold.IsLeast ? '≥' : '≤')} {claim.Threshold.Value:G6}");

    /// <summary>What it would take to change the verdict: how far the number, or an end of its interval, is from the threshold.</summary>
    public static string Change(ClaimRecord claim)
    {
        var (value, limit) = (claim.Statistic.Value, claim.Threshold.Value);
        var (low, high) = claim.Interval is { } interval ? (interval.Low, interval.High) : (value, value);
        if (!double.IsFinite(low) || !double.IsFinite(high))
            return "any other verdict needs a finite number";

        // Both ends as distances on the side where the claim holds.
        var (near, far) = claim.Threshold.IsLeast ? (low - limit, high - limit) : (limit - high, limit - low);
        var (up, down) = claim.Threshold.IsLeast ? ("higher", "lower") : ("lower", "higher");
        var (nearEnd, farEnd) = claim.Threshold.IsLeast ? ("lower", "upper") : ("upper", "lower");
        return (claim.Interval is null, claim.Verdict) switch
        {
            (true, "holds") => $"fails if it were {Beyond(value, limit, near, down)}",
            (true, _) => $"holds if it were {Reach(value, limit, -near, up)}",
            (_, "holds") => $"inconclusive if the {nearEnd} end were {More(near, down)}; fails if the {farEnd} end were {More(far, down)}",
            (_, "fails") => $"inconclusive if the {farEnd} end were {Number(-far)} {up}; holds if the {nearEnd} end were {Number(-near)} {up}",
            _ => $"holds if the {nearEnd} end were {Number(-near)} {up}; fails if the {farEnd} end were {More(far, down)}",
        };
    }

    private static string Beyond(double value, double limit, double distance, string direction) =>
        Magnitude(value, limit) is { } orders ? $"more than {orders}" : More(distance, direction);

    private static string Reach(double value, double limit, double distance, string direction) =>
        Magnitude(value, limit) ?? $"{Number(distance)} {direction}";

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

    private static string Interval(ClaimInterval? interval) => interval is null ? "" :
        string.Create(CultureInfo.InvariantCulture, $", {interval.Low:G6} to {interval.High:G6} ({100 * interval.Level:G4} %)");

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
