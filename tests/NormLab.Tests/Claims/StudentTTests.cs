using NormLab.Claims;

namespace NormLab.Tests.Claims;

public class StudentTTests
{
    // Two-sided 95 % and 99 % points of every printed table of t.
    [Theory]
    [InlineData(0.975, 1, 12.706)]
    [InlineData(0.975, 2, 4.303)]
    [InlineData(0.975, 4, 2.776)]
    [InlineData(0.975, 9, 2.262)]
    [InlineData(0.995, 5, 4.032)]
    [InlineData(0.995, 30, 2.750)]
    [InlineData(0.025, 4, -2.776)]
    public void Quantiles_agree_with_the_tables(double probability, int degreesOfFreedom, double t) =>
        Assert.Equal(t, StudentT.Quantile(probability, degreesOfFreedom), 3);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void There_is_no_quantile_at_the_ends(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Quantile(probability, 4));
}
