using NormLab.Curvature;
using static TorchSharp.torch;

namespace NormLab.Tests.Curvature;

public class LanczosTests
{
    [Fact]
    public void As_many_steps_as_dimensions_give_every_eigenvalue_once()
    {
        using var scope = NewDisposeScope();
        var eigenvalues = KnownMatrix.Spread(40);
        var matrix = KnownMatrix.With(eigenvalues, 1);
        using var generator = new Generator(2);
        using var lanczos = Lanczos.Of(matrix.mv, randn(40, ScalarType.Float64, generator: generator), 40);
        Assert.Equal(40, lanczos.RitzValues.Count);

        // Rounding of products with a matrix of norm 100: 1e-14 each, some hundred of them.
        Assert.All(lanczos.RitzValues.Zip(eigenvalues.Order()), pair => Assert.Equal(pair.Second, pair.First, 1e-11));
        Assert.Equal(1, lanczos.Weights.Sum(), 1e-12);
    }

    [Fact]
    public void Few_steps_find_the_extremes_as_well_as_the_residuals_say()
    {
        using var scope = NewDisposeScope();
        double[] eigenvalues = [.. Enumerable.Range(0, 200).Select(i => i < 5 ? 50.0 + 10 * i : i / 100.0)];
        var matrix = KnownMatrix.With(eigenvalues, 3);
        using var generator = new Generator(4);
        using var lanczos = Lanczos.Of(matrix.mv, randn(200, ScalarType.Float64, generator: generator), 20);
        var (found, residuals) = (lanczos.RitzValues.Reverse().Take(5).ToArray(), lanczos.Residuals.Reverse().Take(5).ToArray());
        for (var i = 0; i < 5; i++)
        {
            Assert.True(residuals[i] < 1e-6, $"residual {residuals[i]}");
            Assert.InRange(Math.Abs(found[i] - (90 - 10 * i)), 0, residuals[i] + 1e-11);
        }

        var vectors = lanczos.TopVectors(5);
        Assert.True((vectors.mm(vectors.t()) - eye(5, dtype: ScalarType.Float64)).abs().max().item<double>() < 1e-12);
        Assert.True((vectors.mm(matrix) - vectors * tensor(found).unsqueeze(1)).norm().item<double>() < 1e-6);
    }

    // Without re-orthogonalization the outlier, found after a few steps, comes back as a second and third copy.
    [Fact]
    public void A_converged_outlier_is_found_once()
    {
        using var scope = NewDisposeScope();
        double[] eigenvalues = [.. Enumerable.Range(0, 300).Select(i => i == 0 ? 1e6 : i / 300.0)];
        var matrix = KnownMatrix.With(eigenvalues, 5);
        using var generator = new Generator(6);
        using var lanczos = Lanczos.Of(matrix.mv, randn(300, ScalarType.Float64, generator: generator), 60);
        Assert.Single(lanczos.RitzValues, value => value > 10);
    }

    [Fact]
    public void The_process_ends_where_the_start_reaches_no_further_direction()
    {
        using var scope = NewDisposeScope();
        var start = zeros(50, ScalarType.Float64);
        start[3] = 2;
        start[8] = 1;
        using var lanczos = Lanczos.Of(v => v * arange(50, ScalarType.Float64), start, 30);
        Assert.Equal([3, 8], lanczos.RitzValues.Select(value => Math.Round(value, 10)));
        Assert.Equal(0.8, lanczos.Weights[0], 1e-12);
    }

    [Fact]
    public void The_share_of_the_gradient_in_the_top_space_is_that_of_the_eigenvectors()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        var diagonal = cat([tensor([100.0, 90, 80]), linspace(0, 1, 97, dtype: ScalarType.Float64)]);
        var gradient = randn(100, ScalarType.Float64, generator: generator);
        var top = TopCurvature.Of(v => diagonal * v, gradient, 3, 25, generator);
        var share = (gradient[..3].square().sum() / gradient.square().sum()).item<double>();
        Assert.Equal(share, top.GradientEnergy, 1e-9);
        Assert.All(top.Eigenvalues.Zip([100.0, 90, 80]), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
    }
}
