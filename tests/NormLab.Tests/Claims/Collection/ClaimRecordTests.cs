using NormLab.Claims;

namespace NormLab.Tests.Claims.Collection;

public class ClaimRecordTests
{
    private static ClaimRecord Exact(Threshold threshold, double value) =>
        new("BN01-x", ClaimKind.Identity, "x", "difference", value, null, threshold, threshold.Judge(value, value), true);

    private static ClaimRecord Measured(Threshold threshold, double value, double half) =>
        new("BN01-x", ClaimKind.Empirical, "x", "gain", value, new(value - half, value + half, 0.95), threshold, threshold.Judge(value - half, value + half), true);

    public static TheoryData<double, double, string> AtLeast => new()
    {
        { 0.05, 2.25, "inconclusive if the lower end were more than 0.05 lower; fails if the upper end were more than 0.13 lower" },
        { 0.12, 0.5, "holds if the lower end were 0.02 higher; fails if the upper end were more than 0.06 lower" },
        { 0.3, 4, "inconclusive if the upper end were 0.12 higher; holds if the lower end were 0.2 higher" },
    };

    [Theory]
    [MemberData(nameof(AtLeast))]
    public void A_number_with_an_interval_is_measured_by_its_half_width_and_changes_with_an_end(double limit, double halfWidths, string change)
    {
        var record = Measured(Threshold.AtLeast(limit), 0.14, 0.04);

        Assert.Equal(halfWidths, record.HalfWidths, 9);
        Assert.Equal(change, record.Change);
        // The mirror image: what is asked from below is then asked from above.
        Assert.Equal(halfWidths, Measured(Threshold.AtMost(-limit), -0.14, 0.04).HalfWidths, 9);
    }

    [Theory]
    [InlineData(1e-12, 1e-15, 3, "fails if it were more than 3.0 orders of magnitude larger")]
    [InlineData(1e-12, 1e-9, 3, "holds if it were 3.0 orders of magnitude smaller")]
    [InlineData(4, 2, 0.30103, "fails if it were more than 2 higher")]
    [InlineData(1e-12, 0, double.PositiveInfinity, "fails if it were more than 1E-12 higher")]
    [InlineData(0, 0, 0, "fails if it were any higher")]
    [InlineData(-1, 16, double.PositiveInfinity, "holds if it were 17 lower")]
    [InlineData(1, double.NaN, double.NaN, "any other verdict needs a finite number")]
    public void An_exact_number_is_measured_by_its_quotient(double limit, double value, double orders, string change)
    {
        var record = Exact(Threshold.AtMost(limit), value);

        Assert.Equal(orders, record.Orders, 5);
        Assert.Equal(change, record.Change);
    }

    [Fact]
    public void Each_kind_of_number_has_one_distance_only()
    {
        Assert.True(double.IsNaN(Exact(Threshold.AtMost(1), 0.5).HalfWidths));
        Assert.True(double.IsNaN(Measured(Threshold.AtMost(1), 0.5, 0.1).Orders));
    }
}
