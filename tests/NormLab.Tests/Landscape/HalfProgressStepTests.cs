using NormLab.Curvature;
using NormLab.Landscape;

namespace NormLab.Tests.Landscape;

public class HalfProgressStepTests
{
    // The search stops within a factor of 2^(1/32) below the step.
    private static readonly double Shortest = Math.Pow(2, -1 / 32.0);

    [Theory]
    [InlineData(new double[] { 3, 0.5 }, new double[] { 0.4, -2 }, 0)]
    [InlineData(new double[] { 40, 1, 1 }, new double[] { 0.1, 1, -2 }, 5)]
    [InlineData(new double[] { 400, 1 }, new double[] { 0.1, 0.1 }, 0)]
    public void On_a_quadratic_function_it_is_one_over_the_curvature_along_the_gradient(double[] eigenvalues, double[] at, double constant)
    {
        using var network = new QuadraticNetwork(eigenvalues, at, constant);
        var found = HalfProgressStep.Of(network, network.Loss, NetworkMode.Training);
        double[] g = [.. eigenvalues.Zip(at, (l, w) => l * w)];
        var square = g.Sum(x => x * x);
        var exact = square / g.Zip(eigenvalues, (x, l) => x * x * l).Sum();
        Assert.InRange(found.Step, exact * Shortest * (1 - 1e-9), exact * (1 + 1e-9));
        Assert.Equal(Math.Sqrt(square), found.GradientNorm, 1e-12);
        Assert.Equal(found.Step * square / found.Loss, found.RelativeProgress, 1e-12);
    }

    [Fact]
    public void A_step_to_the_bottom_of_a_parabola_makes_the_most_progress_that_there_is()
    {
        using var network = new QuadraticNetwork([7], [0.3]);
        Assert.Equal(2, HalfProgressStep.Of(network, network.Loss, NetworkMode.Training).RelativeProgress, 2 * (1 - Shortest));
    }

    [Fact]
    public void At_a_stationary_point_there_is_no_step()
    {
        using var network = new QuadraticNetwork([7], [0], constant: 1);
        var found = HalfProgressStep.Of(network, network.Loss, NetworkMode.Training);
        Assert.Equal((0, 0), (found.Step, found.RelativeProgress));
    }

    [Fact]
    public void A_loss_below_zero_is_refused()
    {
        using var network = new QuadraticNetwork([1], [1], constant: -2);
        Assert.Contains("cannot be negative", Assert.Throws<ArgumentException>(() => HalfProgressStep.Of(network, network.Loss, NetworkMode.Training)).Message);
    }
}
