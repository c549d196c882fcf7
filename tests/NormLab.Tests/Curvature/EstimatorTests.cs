using NormLab.Claims;
using NormLab.Curvature;
using static TorchSharp.torch;

namespace NormLab.Tests.Curvature;

public class EstimatorTests
{
    private static void WithinThreeStandardErrors(double expected, Estimate estimate)
    {
        Assert.True(estimate.StandardError > 0);
        Assert.InRange(Math.Abs(estimate.Value - expected), 0, 3 * estimate.StandardError);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_trace_is_right_within_three_standard_errors(int seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var eigenvalues = KnownMatrix.Spread(60);
        var matrix = KnownMatrix.With(eigenvalues, seed);
        var trace = HutchinsonTrace.Of(matrix.mv, matrix[0], 100, generator);
        WithinThreeStandardErrors(eigenvalues.Sum(), trace);

        // Of one probe, 2·Σ of squares off the diagonal; a variance of 100 normal samples is right within a third.
        var off = matrix - diag(matrix.diag());
        var variance = 2 * off.square().sum().item<double>();
        Assert.InRange(trace.StandardError * trace.StandardError * 100 / variance, 0.5, 1.6);
    }

    [Fact]
    public void Moments_of_the_spectrum_are_right_within_three_standard_errors()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var eigenvalues = KnownMatrix.Spread(80);
        var matrix = KnownMatrix.With(eigenvalues, 4);
        var density = SpectralDensity.Of(matrix.mv, matrix[0], 20, 30, generator);
        WithinThreeStandardErrors(eigenvalues.Average(), density.Mean(x => x));
        WithinThreeStandardErrors(eigenvalues.Average(x => x * x), density.Mean(x => x * x));
        WithinThreeStandardErrors(eigenvalues.Average(x => Math.Exp(-x * x / 500)), density.Mean(x => Math.Exp(-x * x / 500)));
    }

    [Fact]
    public void The_density_of_two_clusters_has_their_shares_and_integrates_to_one()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var diagonal = cat([ones(30, ScalarType.Float64) * -2, ones(70, ScalarType.Float64) * 3]);
        var density = SpectralDensity.Of(v => v * diagonal, diagonal, 3, 10, generator);
        double[] at = [.. Enumerable.Range(0, 1001).Select(i => -5 + i * 0.01)];
        var curve = density.Density(at, 0.1);

        // Signs put the weight 0.3 on the first cluster exactly: every coordinate counts the same.
        Assert.Equal(0.3, curve.Take(501).Sum() * 0.01, 1e-6);
        Assert.Equal(1, curve.Sum() * 0.01, 1e-6);
    }
}
