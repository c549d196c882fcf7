using NormKernel.Claims;

namespace NormKernel.Tests.Claims;

public class ClaimTextTests
{
    [Theory]
    [InlineData("at least 0.05", 0.2, 0.12, 0.3, "holds", "inconclusive if the lower end were more than 0.07 lower; fails if the upper end were more than 0.25 lower")]
    [InlineData("at least 0.5", 0.2, 0.12, 0.3, "fails", "inconclusive if the upper end were 0.2 higher; holds if the lower end were 0.38 higher")]
    [InlineData("at least 0.15", 0.2, 0.12, 0.3, "inconclusive", "holds if the lower end were 0.03 higher; fails if the upper end were more than 0.15 lower")]
    [InlineData("at most 0.5", 0.2, 0.12, 0.3, "holds", "inconclusive if the upper end were more than 0.2 higher; fails if the lower end were more than 0.38 higher")]
    [InlineData("at most 0.05", 0.2, 0.12, 0.3, "fails", "inconclusive if the lower end were 0.07 lower; holds if the upper end were 0.25 lower")]
    [InlineData("at most 0.12", 0.2, 0.12, 0.3, "inconclusive", "holds if the upper end were 0.18 lower; fails if the lower end were any higher")]
    public void An_interval_changes_its_verdict_with_one_of_its_ends(string threshold, double value, double low, double high, string verdict, string change) =>
        Assert.Equal(change, ClaimText.Change(Claim(threshold, value, new(low, high, 0.95), verdict)));

    [Theory]
    [InlineData("at most 1e-12", 1e-15, "holds", "fails if it were more than 3.0 orders of magnitude larger")]
    [InlineData("at most 1e-12", 1e-9, "fails", "holds if it were 3.0 orders of magnitude smaller")]
    [InlineData("at least -1e-12", -1, "fails", "holds if it were 12.0 orders of magnitude smaller")]
    [InlineData("at least 2", 64, "holds", "fails if it were more than 1.5 orders of magnitude smaller")]
    [InlineData("at most 3", 2, "holds", "fails if it were more than 1 higher")]
    [InlineData("at most 1e-12", 0, "holds", "fails if it were more than 1E-12 higher")]
    [InlineData("at most 0", 0, "holds", "fails if it were any higher")]
    [InlineData("at least 1", 1, "holds", "fails if it were any lower")]
    [InlineData("at most -1", 16, "fails", "holds if it were 17 lower")]
    [InlineData("at most 1", double.NaN, "inconclusive", "any other verdict needs a finite number")]
    public void A_number_changes_its_verdict_by_its_distance(string threshold, double value, string verdict, string change) =>
        Assert.Equal(change, ClaimText.Change(Claim(threshold, value, null, verdict)));

    private static ClaimRecord Claim(string threshold, double value, ClaimInterval? interval, string verdict) => new(
        "AB01-x", interval is null ? "identity" : "empirical", "x", new("loss", value), interval,
        new(threshold.StartsWith("at least", StringComparison.Ordinal), double.Parse(threshold.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture)),
        verdict, verdict, Passed: true);
}
