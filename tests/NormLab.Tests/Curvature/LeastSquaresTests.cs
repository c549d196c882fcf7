using NormCore;
using NormLab.Comparisons;
using NormLab.Curvature;
using static TorchSharp.torch;

namespace NormLab.Tests.Curvature;

public class LeastSquaresTests
{
    private static readonly LeastSquares Problem = new([2.0, 0.7, 0.1], [1.0, -2, 3]);

    [Fact]
    public void Gradient_descent_follows_its_closed_form()
    {
        // Each coordinate of the error shrinks by 1 − ηh per step.
        var path = Problem.GradientDescent([0.0, 0, 0], 0.5, 10);
        var expected = Problem.Eigenvalues.Zip(Problem.Solution, (h, u) => h * Math.Pow(Math.Pow(1 - 0.5 * h, 10) * u, 2) / 2).Sum();
        Assert.Equal(expected, path.Losses[^1], 1e-12);
        Assert.Equal(10, path.Steps[^1]);
        Assert.True(Problem.GradientDescent([0.0, 0, 0], 1.01, 100_000).Reached > 1e6);
    }

    // The library's layer on data whose second moments are exactly H.
    [Fact]
    public void The_step_with_batch_norm_is_that_of_the_layer()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var raw = randn([40, 3], ScalarType.Float64, generator: generator);
        var (q, _) = linalg.qr(raw - raw.mean([0L], keepdim: true));
        var x = q * Math.Sqrt(40) * tensor(Problem.Eigenvalues.ToArray()).sqrt(); // xᵀx/40 = H, and every mean is 0
        var y = x.mv(tensor(Problem.Solution.ToArray()));
        double[] start = [0.5, 1, -0.3];
        var w = tensor(start).unsqueeze(1).requires_grad_();
        using var norm = new BatchNorm(1, eps: 0, dtype: ScalarType.Float64);
        Tensor Loss() => (y - norm.call(x.mm(w)).flatten()).square().mean() / 2;
        using (no_grad())
            norm.Weight!.copy_((y * norm.call(x.mm(w)).flatten()).mean());
        for (var step = 0; step < 5; step++)
        {
            var slopes = autograd.grad([Loss()], [w, norm.Weight!]);
            using var frozen = no_grad();
            w.sub_(slopes[0] * 3);
            norm.Weight!.sub_(slopes[1] * 0.5);
        }

        var path = Problem.BatchNormDescent(start, 3, 0.5, 5);
        Assert.True(Compare.To("the layer", 1e-10, ("loss", path.Losses[^1], Loss().item<double>()), ("norm", path.Norms[^1], w.norm().item<double>())).Passed);
    }

    [Fact]
    public void The_effective_Hessian_is_the_second_derivative_at_the_solution()
    {
        using var scope = NewDisposeScope();
        var (h, u) = (tensor(Problem.Eigenvalues.ToArray()), tensor(Problem.Solution.ToArray()));
        Tensor Best(Tensor w) => -w.dot(h * u).square() / w.dot(h * w) / 2;
        Assert.True(Compare.To("double differentiation", 1e-10, ("H*", Problem.EffectiveHessian(), ExactHessian.Of(Best, u))).Passed);
        Assert.True(Problem.EffectiveHessian().mv(u).abs().max().item<double>() < 1e-12);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1e3)]
    public void With_batch_norm_any_rate_converges(double rate)
    {
        var path = Problem.BatchNormDescent([0.5, 1, -0.3], rate, 1, 300_000);
        Assert.True(path.Reached < 1e-9, $"{path.Reached}");
        Assert.True(path.StepsTo(1e-3) <= path.StepsTo(1e-6));
    }
}
