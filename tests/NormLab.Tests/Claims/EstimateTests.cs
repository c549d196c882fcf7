using NormLab.Claims;

namespace NormLab.Tests.Claims;

public class EstimateTests
{
    [Fact]
    public void The_mean_has_the_standard_error_of_the_unbiased_variance()
    {
        // Mean 3, squared deviations 4+1+0+1+4 = 10, variance 10/4, standard error √(2.5/5).
        var estimate = Estimate.Of([1, 2, 3, 4, 5]);
        Assert.Equal(new Estimate(3, Math.Sqrt(0.5), 5), estimate);
    }

    [Fact]
    public void The_interval_is_t_standard_errors_wide()
    {
        var interval = Estimate.Of([1, 2, 3, 4, 5]).Interval();
        Assert.Equal(3 - 2.77645 * Math.Sqrt(0.5), interval.Low, 4);
        Assert.Equal(3 + 2.77645 * Math.Sqrt(0.5), interval.High, 4);
    }

    [Fact]
    public void The_interval_covers_the_truth_as_often_as_it_says()
    {
        var random = new Random(7);
        var covered = Enumerable.Range(0, 4000).Count(_ =>
        {
            var interval = Estimate.Of([.. Enumerable.Range(0, 5).Select(_ => Normal(random))]).Interval();
            return interval.Low <= 0 && interval.High >= 0;
        });

        // 0.95 ± three standard deviations of a share of 4000: 3·√(0.95·0.05/4000) = 0.0103.
        Assert.InRange(covered / 4000.0, 0.9397, 0.9603);
    }

    [Fact]
    public void One_sample_has_no_interval() =>
        Assert.Throws<InvalidOperationException>(() => Estimate.Of([1]).Interval());

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
