using NormLab.Claims;
using NormLab.Noise;

namespace NormLab.Tests.Noise;

public class NoncentralTTests
{
    // The quadrature leaves e⁻⁴⁰ at either end and rounds 400 terms: far below 1e-12.
    private const double Rounding = 1e-12;

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.959963984540054, 0.975)]
    [InlineData(-1, 0.15865525393145707)]
    [InlineData(6, 0.9999999990134123)]
    [InlineData(double.NegativeInfinity, 0)]
    public void The_normal_distribution_has_its_known_values(double x, double probability) =>
        Assert.Equal(probability, NormalDistribution.Cumulative(x), 1e-15);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(126)]
    public void Without_noncentrality_it_is_Students_t(int degreesOfFreedom)
    {
        var t = new NoncentralT(degreesOfFreedom, 0);
        Assert.All([-3, -0.5, 0, 1.2, 7], value => Assert.Equal(StudentT.Cumulative(value, degreesOfFreedom), t.Cumulative(value), Rounding));
    }

    [Theory]
    [InlineData(1, 0.7)]
    [InlineData(6, -2)]
    [InlineData(126, 30)]
    public void It_is_negative_as_often_as_its_numerator(int degreesOfFreedom, double noncentrality) =>
        Assert.Equal(NormalDistribution.Cumulative(-noncentrality), new NoncentralT(degreesOfFreedom, noncentrality).Cumulative(0), Rounding);

    [Theory]
    [InlineData(10, 0)]
    [InlineData(10, 3)]
    [InlineData(62, -12)]
    public void Its_second_moment_is_that_of_the_textbook(int degreesOfFreedom, double noncentrality)
    {
        var expected = degreesOfFreedom * (1 + noncentrality * noncentrality) / (degreesOfFreedom - 2.0);

        // E[1/s²] makes the left end weigh e⁻⁴⁰ to the power 1 − 2/ν at least; the numerator is cut at 8.5 deviations, e⁻³⁶.
        Assert.Equal(expected, new NoncentralT(degreesOfFreedom, noncentrality).Expectation(t => t * t), expected * 1e-11);
    }

    [Fact]
    public void The_density_is_the_slope_of_the_distribution()
    {
        var t = new NoncentralT(5, 2);
        const double h = 1e-4;

        // Central differences err by h²/6 times the third derivative, which is below 1 here, and by 1e-16/h.
        Assert.All([-1, 0.5, 2, 6], value => Assert.Equal((t.Cumulative(value + h) - t.Cumulative(value - h)) / (2 * h), t.Density(value), 1e-8));
    }

    [Fact]
    public void The_distance_of_samples_is_the_largest_gap_and_has_the_tabulated_probability()
    {
        // Uniform F; below 0.6 lie two of four samples, and F(0.6) − 1/4 is the largest gap.
        Assert.Equal(0.35, KolmogorovSmirnov.Of([0.1, 0.6, 0.7, 0.9], x => x).Statistic, 1e-12);

        // The 5 % and 1 % points of the limit are 1.358 and 1.628 in every table.
        Assert.Equal(0.05, new KolmogorovSmirnov(1.358 / 1e4, 100_000_000).PValue, 2e-4);
        Assert.Equal(0.01, new KolmogorovSmirnov(1.628 / 1e4, 100_000_000).PValue, 1e-4);
    }
}
