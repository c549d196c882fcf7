using NormLab.Curvature;
using NormLab.Landscape;
using static TorchSharp.torch;

namespace NormLab.Tests.Landscape;

public class AlongTheGradientTests
{
    private static readonly double[] Eigenvalues = [3, -1, 0.5];
    private static readonly double[] At = [0.4, 0.7, -2];

    // Float64 and three weights: a handful of roundings.
    private const double Rounding = 1e-12;

    [Fact]
    public void On_a_quadratic_function_every_statistic_is_its_closed_form()
    {
        using var network = new QuadraticNetwork(Eigenvalues, At);
        var (rate, factors) = (0.3, new double[] { 0.5, 1, 4 });
        var along = AlongTheGradient.Of(network, network.Loss, rate, factors, NetworkMode.Training);

        // g = Hw, so g(α) − g = −αη Hg, whatever α.
        double[] g = [.. Eigenvalues.Zip(At, (l, w) => l * w)];
        double[] hg = [.. Eigenvalues.Zip(g, (l, x) => l * x)];
        double Norm(IEnumerable<double> v) => Math.Sqrt(v.Sum(x => x * x));
        double Loss(double a) => Eigenvalues.Zip(At, (l, w) => l * w * w * (1 - a * rate * l) * (1 - a * rate * l) / 2).Sum();
        double Cosine(double a)
        {
            double[] moved = [.. g.Zip(hg, (x, h) => x - a * rate * h)];
            return moved.Zip(g, (x, y) => x * y).Sum() / (Norm(moved) * Norm(g));
        }

        Assert.Equal(Loss(0), along.Loss, Rounding);
        Assert.Equal(Norm(g), along.GradientNorm, Rounding);
        Assert.Equal(Norm(hg) / Norm(g), along.Beta, Rounding);
        Assert.Equal(rate * Norm(hg) / Norm(g), along.RateTimesBeta, Rounding);
        Assert.Equal(4 * rate * Norm(hg), along.Predictiveness, Rounding);
        Assert.Equal(4 * rate * Norm(hg) / Norm(g), along.RelativeChange, Rounding);
        Assert.Equal(factors.Min(Cosine), along.LeastCosine, Rounding);
        Assert.Equal(factors.Max(Loss) - factors.Min(Loss), along.LossRange, Rounding);
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new double[] { 1, 0 })]
    public void Factors_that_lead_nowhere_are_refused(double[] factors)
    {
        using var network = new QuadraticNetwork(Eigenvalues, At);
        Assert.Contains("above 0", Assert.Throws<ArgumentException>(() => AlongTheGradient.Of(network, network.Loss, 1, factors, NetworkMode.Training)).Message);
    }

    [Fact]
    public void A_network_without_weights_is_refused()
    {
        using var network = nn.ReLU();
        Assert.Contains("no direction", Assert.Throws<ArgumentException>(() => AlongTheGradient.Of(network, () => zeros(1), 1, [1], NetworkMode.Training)).Message);
    }
}
