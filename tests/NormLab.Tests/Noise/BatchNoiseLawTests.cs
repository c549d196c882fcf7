using NormLab.Claims;
using NormLab.Noise;
using static TorchSharp.torch;

namespace NormLab.Tests.Noise;

public class BatchNoiseLawTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(32)]
    public void Over_all_samples_the_mean_square_is_exactly_one(int m) =>
        // Σ x̂² = m in every batch. The trapezoidal rule over z converges faster than any power of its step.
        Assert.Equal(1, OverScores(m, law => law.Variance + law.Mean * law.Mean), 1e-8);

    [Theory]
    [InlineData(4, 0.7978845608028654)] // E σ = √(2/m) Γ(m/2)/Γ((m−1)/2): √½ · 1/Γ(3/2)
    [InlineData(8, 0.9027033336764101)] // ½ · 6/Γ(7/2), Γ(7/2) = 3.32335097…
    public void Over_all_samples_score_times_mean_is_the_mean_deviation_of_a_batch(int m, double expected) =>
        // Σ z x̂ = Σ z (z − μ)/σ = m σ in every batch.
        Assert.Equal(expected, OverScores(m, law => law.Score * law.Mean), 1e-8);

    [Theory]
    [InlineData(4, 0.5)]
    [InlineData(8, 3)]
    [InlineData(32, -1)]
    public void Drawn_batches_follow_the_law(int m, double z)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var law = new BatchNoiseLaw(m, z);
        const int batches = 4_000;
        var mates = randn([batches, m - 1], dtype: float64, generator: generator);
        var x = cat([full(batches, 1, z, dtype: float64), mates], 1);
        var mean = x.mean([1], keepdim: true);
        var xhat = ((x - mean) / (x - mean).square().mean([1], keepdim: true).sqrt()).select(1, 0).Numbers();
        var (first, second) = (Estimate.Of(xhat), Estimate.Of([.. xhat.Select(v => Math.Pow(v - law.Mean, 2))]));
        Assert.InRange(law.Mean, first.Value - 3 * first.StandardError, first.Value + 3 * first.StandardError);
        Assert.InRange(law.Variance, second.Value - 3 * second.StandardError, second.Value + 3 * second.StandardError);
        Assert.True(KolmogorovSmirnov.Of(xhat, law.Cumulative).PValue > 0.003);
    }

    [Fact]
    public void No_value_is_beyond_the_limit_and_the_density_is_the_slope_of_the_distribution()
    {
        var law = new BatchNoiseLaw(8, 2);
        Assert.Equal((0, 1, 0), (law.Cumulative(-law.Limit), law.Cumulative(law.Limit), law.Density(law.Limit + 0.1)));
        const double h = 1e-4;

        // Central differences err by h²/6 times the third derivative, which is below 100 here.
        Assert.All([-1, 0.5, 1.7, 2.4], value =>
            Assert.Equal((law.Cumulative(value + h) - law.Cumulative(value - h)) / (2 * h), law.Density(value), 2e-7));
    }

    [Fact]
    public void Two_samples_have_no_density() => Assert.Throws<ArgumentOutOfRangeException>(() => new BatchNoiseLaw(2, 1));

    private static double OverScores(int m, Func<BatchNoiseLaw, double> function)
    {
        const double step = 0.1;
        return Enumerable.Range(-70, 141).Sum(i => step * NormalDistribution.Density(i * step) * function(new(m, i * step)));
    }
}
